/* The WebSocket protocol (RFC 6455), as far as a console needs it: no sockets here. */
#ifndef EMU_WEBSOCKET_H
#define EMU_WEBSOCKET_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_SIZE 20
#define WEBSOCKET_ACCEPT_SIZE 29  /* base64 of a SHA-1, and a NUL */
#define WEBSOCKET_HEADER_SIZE 4   /* of the largest frame that we send */
#define WEBSOCKET_PAYLOAD_MAX 0xffff

enum {
    WEBSOCKET_TEXT = 0x1,
    WEBSOCKET_BINARY = 0x2,
    WEBSOCKET_CLOSE = 0x8,
    WEBSOCKET_PING = 0x9,
    WEBSOCKET_PONG = 0xa,
};

typedef struct WebsocketFrame {
    uint8_t opcode;
    uint8_t *payload; /* inside of the buffer, unmasked in place */
    size_t payload_size;
    size_t frame_size; /* how much of the buffer it took */
} WebsocketFrame;

typedef enum WebsocketParse { WEBSOCKET_WHOLE, WEBSOCKET_PARTIAL, WEBSOCKET_BAD } WebsocketParse;

void sha1(const uint8_t *data, size_t size, uint8_t digest[SHA1_SIZE]);

/* What Sec-WebSocket-Accept answers to a Sec-WebSocket-Key. */
void websocket_accept(const char *key, size_t key_size, char accept[WEBSOCKET_ACCEPT_SIZE]);

/* Reads a client's frame: always masked, never fragmented, at most `WEBSOCKET_PAYLOAD_MAX`. */
WebsocketParse websocket_parse(uint8_t *buffer, size_t size, WebsocketFrame *frame);

/* Writes a server's frame header; returns its size. */
size_t websocket_header(uint8_t opcode, size_t payload_size,
                        uint8_t header[WEBSOCKET_HEADER_SIZE]);

#endif
