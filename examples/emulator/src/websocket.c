#include "emu/websocket.h"

#include <string.h>

static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

static void base64(const uint8_t *data, size_t size, char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t group = (uint32_t)data[i] << 16 | (left > 1 ? (uint32_t)data[i + 1] << 8 : 0) |
                         (left > 2 ? data[i + 2] : 0);

        *text++ = digits[group >> 18];
        *text++ = digits[(group >> 12) & 63];
        *text++ = left > 1 ? digits[(group >> 6) & 63] : '=';
        *text++ = left > 2 ? digits[group & 63] : '=';
    }
    *text = '\0';
}

void websocket_accept(const char *key, size_t key_size, char accept[WEBSOCKET_ACCEPT_SIZE])
{
    uint8_t text[128];
    uint8_t digest[SHA1_SIZE];
    size_t used = key_size < 64 ? key_size : 64;

    memcpy(text, key, used);
    memcpy(text + used, guid, sizeof guid - 1);
    sha1(text, used + sizeof guid - 1, digest);
    base64(digest, sizeof digest, accept);
}

WebsocketParse websocket_parse(uint8_t *buffer, size_t size, WebsocketFrame *frame)
{
    size_t header = 6; /* two bytes, and the mask */
    size_t payload_size;

    if (size < 2) {
        return WEBSOCKET_PARTIAL;
    }
    payload_size = buffer[1] & 0x7f;
    /* Whole, no extension, masked; and not of a length that only 64 bits hold. */
    if ((buffer[0] & 0xf0) != 0x80 || !(buffer[1] & 0x80) || payload_size == 127) {
        return WEBSOCKET_BAD;
    }
    if (payload_size == 126) {
        header += 2;
        if (size < header) {
            return WEBSOCKET_PARTIAL;
        }
        payload_size = (size_t)buffer[2] << 8 | buffer[3];
    }
    if (size < header || size - header < payload_size) {
        return WEBSOCKET_PARTIAL;
    }
    frame->opcode = buffer[0] & 0xf;
    frame->payload = buffer + header;
    frame->payload_size = payload_size;
    frame->frame_size = header + payload_size;
    for (size_t i = 0; i < payload_size; i++) {
        frame->payload[i] ^= buffer[header - 4 + i % 4];
    }
    return WEBSOCKET_WHOLE;
}

size_t websocket_header(uint8_t opcode, size_t payload_size, uint8_t header[WEBSOCKET_HEADER_SIZE])
{
    header[0] = 0x80 | opcode;
    if (payload_size < 126) {
        header[1] = (uint8_t)payload_size;
        return 2;
    }
    header[1] = 126;
    header[2] = (uint8_t)(payload_size >> 8);
    header[3] = (uint8_t)payload_size;
    return 4;
}
