#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "emu/assets.h"
#include "emu/serial.h"
#include "emu/websocket.h"

#define CLIENTS 8
#define INPUT_SIZE 8192
#define BACKLOG_SIZE 16384

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

typedef enum ClientState { CLIENT_FREE, CLIENT_HTTP, CLIENT_WEBSOCKET } ClientState;

typedef struct Client {
    ClientState state;
    int fd;
    uint8_t input[INPUT_SIZE];
    size_t input_size;
} Client;

typedef struct Server {
    Chardev *chardev;
    EventLoop *loop;
    uint16_t port;
    Client clients[CLIENTS];
    uint8_t backlog[BACKLOG_SIZE]; /* what was printed last, for who comes late */
    size_t backlog_size;
    size_t unsent; /* the end of the backlog that the clients have not seen */
} Server;

static Server server;

static void client_close(Client *client)
{
    loop_unwatch(server.loop, client->fd);
    close(client->fd);
    client->state = CLIENT_FREE;
}

/* Sends all, waiting a little for a slow reader; false when that fails. */
static bool send_all(const Client *client, const void *data, size_t size)
{
    const uint8_t *bytes = data;

    while (size > 0) {
        ssize_t sent = send(client->fd, bytes, size, MSG_NOSIGNAL);

        if (sent < 0) {
            struct pollfd writable = {.fd = client->fd, .events = POLLOUT};

            if ((errno != EAGAIN && errno != EINTR) || poll(&writable, 1, 1000) == 0) {
                return false;
            }
            continue;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static void send_frame(Client *client, uint8_t opcode, const uint8_t *data, size_t size)
{
    uint8_t header[WEBSOCKET_HEADER_SIZE];
    size_t header_size = websocket_header(opcode, size, header);

    if (!send_all(client, header, header_size) || !send_all(client, data, size)) {
        client_close(client);
    }
}

static void send_response(Client *client, const char *status, const char *type, const void *body,
                          size_t size)
{
    char head[256];
    int head_size = snprintf(head, sizeof head,
                             "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                             "Cache-Control: no-store\r\nConnection: close\r\n\r\n",
                             status, type, size);

    if (send_all(client, head, (size_t)head_size)) {
        send_all(client, body, size);
    }
    client_close(client);
}

static void send_problem(Client *client, const char *status)
{
    send_response(client, status, "text/plain", status, strlen(status));
}

/* The value of a header in a request that ends with a NUL; NULL if it has none. */
static const char *find_header(const char *request, const char *name, size_t *size)
{
    size_t name_size = strlen(name);

    for (const char *line = strstr(request, "\r\n"); line; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, name_size) == 0 && line[name_size] == ':') {
            const char *value = line + name_size + 1;

            value += strspn(value, " \t");
            *size = strcspn(value, "\r\n");
            return value;
        }
    }
    return NULL;
}

/* Whether a header is PREFIX127.0.0.1:PORT, or the same with localhost. */
static bool is_local(const char *request, const char *name, const char *prefix)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost"};
    size_t size = 0;
    const char *value = find_header(request, name, &size);

    for (size_t i = 0; value && i < 2; i++) {
        char wanted[64];
        int wanted_size =
            snprintf(wanted, sizeof wanted, "%s%s:%u", prefix, hosts[i], server.port);

        if (size == (size_t)wanted_size && memcmp(value, wanted, size) == 0) {
            return true;
        }
    }
    return false;
}

static void open_websocket(Client *client, const char *request)
{
    size_t key_size = 0;
    const char *key = find_header(request, "Sec-WebSocket-Key", &key_size);
    char accept[WEBSOCKET_ACCEPT_SIZE];
    char head[256];
    int head_size;

    /* Pages of other sites may open sockets to us: only our own may type. */
    if (!key || !is_local(request, "Origin", "http://")) {
        send_problem(client, "403 Forbidden");
        return;
    }
    websocket_accept(key, key_size, accept);
    head_size = snprintf(head, sizeof head,
                         "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                         accept);
    client->state = CLIENT_WEBSOCKET;
    client->input_size = 0;
    if (!send_all(client, head, (size_t)head_size)) {
        client_close(client);
    } else if (server.backlog_size > server.unsent) {
        send_frame(client, WEBSOCKET_BINARY, server.backlog, server.backlog_size - server.unsent);
    }
}

static void answer_request(Client *client, const char *request)
{
    char path[64];

    if (sscanf(request, "GET %63s HTTP/1.1\r\n", path) != 1 || !is_local(request, "Host", "")) {
        send_problem(client, "400 Bad Request");
        return;
    }
    if (strcmp(path, "/uart") == 0) {
        open_websocket(client, request);
        return;
    }
    for (const Asset *asset = console_assets; asset->path; asset++) {
        if (strcmp(path, asset->path) == 0) {
            send_response(client, "200 OK", asset->type, asset->bytes, asset->size);
            return;
        }
    }
    send_problem(client, "404 Not Found");
}

static void take_frames(Client *client)
{
    WebsocketFrame frame;
    WebsocketParse parse = WEBSOCKET_PARTIAL;

    while (client->state == CLIENT_WEBSOCKET &&
           (parse = websocket_parse(client->input, client->input_size, &frame)) ==
               WEBSOCKET_WHOLE) {
        if (frame.opcode == WEBSOCKET_TEXT || frame.opcode == WEBSOCKET_BINARY) {
            chardev_feed(server.chardev, frame.payload, frame.payload_size);
        } else if (frame.opcode == WEBSOCKET_PING) {
            send_frame(client, WEBSOCKET_PONG, frame.payload, frame.payload_size);
        } else if (frame.opcode == WEBSOCKET_CLOSE) {
            client_close(client);
        }
        client->input_size -= frame.frame_size;
        memmove(client->input, client->input + frame.frame_size, client->input_size);
    }
    if (client->state == CLIENT_WEBSOCKET &&
        (parse == WEBSOCKET_BAD || client->input_size == INPUT_SIZE - 1)) {
        client_close(client);
    }
}

static void client_ready(void *opaque, int fd)
{
    Client *client = opaque;
    uint8_t *end = client->input + client->input_size;
    ssize_t size;

    /* Closed, and perhaps taken by another, since poll() looked. */
    if (client->state == CLIENT_FREE || client->fd != fd) {
        return;
    }
    size = recv(fd, end, INPUT_SIZE - 1 - client->input_size, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (size <= 0) {
        client_close(client);
        return;
    }
    client->input_size += (size_t)size;
    client->input[client->input_size] = '\0';
    if (client->state == CLIENT_WEBSOCKET) {
        take_frames(client);
    } else if (strstr((char *)client->input, "\r\n\r\n")) {
        answer_request(client, (char *)client->input);
    } else if (client->input_size == INPUT_SIZE - 1) {
        send_problem(client, "431 Request Header Fields Too Large");
    }
}

static void accept_client(void *opaque, int listener)
{
    int fd = accept(listener, NULL, NULL);

    (void)opaque;
    if (fd < 0) {
        return;
    }
    for (int i = 0; i < CLIENTS; i++) {
        Client *client = &server.clients[i];

        if (client->state == CLIENT_FREE) {
            fcntl(fd, F_SETFL, O_NONBLOCK);
            client->state = CLIENT_HTTP;
            client->fd = fd;
            client->input_size = 0;
            loop_watch(server.loop, fd, client_ready, client);
            return;
        }
    }
    close(fd);
}

static void web_flush(void *opaque)
{
    const uint8_t *unsent = server.backlog + server.backlog_size - server.unsent;

    (void)opaque;
    if (server.unsent == 0) {
        return;
    }
    for (int i = 0; i < CLIENTS; i++) {
        if (server.clients[i].state == CLIENT_WEBSOCKET) {
            send_frame(&server.clients[i], WEBSOCKET_BINARY, unsent, server.unsent);
        }
    }
    server.unsent = 0;
}

static void web_write(void *opaque, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (server.backlog_size == BACKLOG_SIZE) {
            web_flush(opaque);
            server.backlog_size = BACKLOG_SIZE / 2;
            memmove(server.backlog, server.backlog + BACKLOG_SIZE / 2, BACKLOG_SIZE / 2);
        }
        server.backlog[server.backlog_size++] = data[i];
        server.unsent++;
    }
}

uint16_t serial_web(Chardev *chardev, EventLoop *loop, uint16_t port)
{
    ChardevBackend backend = {web_write, web_flush, NULL};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t address_size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0) {
        return 0;
    }
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, CLIENTS) < 0 ||
        getsockname(listener, (struct sockaddr *)&address, &address_size) < 0) {
        close(listener);
        return 0;
    }
    server.chardev = chardev;
    server.loop = loop;
    server.port = ntohs(address.sin_port);
    chardev_init(chardev, backend);
    loop_watch(loop, listener, accept_client, NULL);
    return server.port;
}
