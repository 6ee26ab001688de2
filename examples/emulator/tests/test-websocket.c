/* The WebSocket protocol. TAP. */
#include <string.h>

#include "emu/websocket.h"
#include "tap.h"

static void test_handshake(void)
{
    static const char key[] = "dGhlIHNhbXBsZSBub25jZQ==";
    char accept[WEBSOCKET_ACCEPT_SIZE];

    websocket_accept(key, sizeof key - 1, accept);
    tap_ok(strcmp(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == 0, "the RFC's handshake");
}

static void test_parse(void)
{
    uint8_t hello[] = {0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58};
    uint8_t unmasked[] = {0x81, 0x01, 'a'};
    uint8_t fragment[] = {0x01, 0x81, 0, 0, 0, 0, 'a'};
    uint8_t huge[] = {0x82, 0xff, 0, 0, 0, 1};
    WebsocketFrame frame;
    bool partial = true;

    for (size_t size = 0; size < sizeof hello; size++) {
        partial = partial && websocket_parse(hello, size, &frame) == WEBSOCKET_PARTIAL;
    }
    tap_ok(partial, "a part of a frame is waited for");
    tap_ok(websocket_parse(hello, sizeof hello, &frame) == WEBSOCKET_WHOLE, "a whole one is read");
    tap_ok(frame.opcode == WEBSOCKET_TEXT && frame.frame_size == sizeof hello, "as what it is");
    tap_ok(frame.payload_size == 5 && memcmp(frame.payload, "Hello", 5) == 0, "and unmasked");
    tap_ok(websocket_parse(unmasked, sizeof unmasked, &frame) == WEBSOCKET_BAD, "no mask");
    tap_ok(websocket_parse(fragment, sizeof fragment, &frame) == WEBSOCKET_BAD, "a fragment");
    tap_ok(websocket_parse(huge, sizeof huge, &frame) == WEBSOCKET_BAD, "a huge frame");
}

static void test_header(void)
{
    uint8_t header[WEBSOCKET_HEADER_SIZE];

    tap_ok(websocket_header(WEBSOCKET_BINARY, 125, header) == 2 && header[1] == 125, "short");
    tap_ok(websocket_header(WEBSOCKET_BINARY, 258, header) == 4 && header[1] == 126 &&
               header[2] == 1 && header[3] == 2,
           "long");
}

int main(void)
{
    test_handshake();
    test_parse();
    test_header();
    return tap_end();
}
