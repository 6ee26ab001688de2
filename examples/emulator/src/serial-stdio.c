#include <stdio.h>
#include <unistd.h>

#include "emu/serial.h"

typedef struct Terminal {
    Chardev *chardev;
    EventLoop *loop;
} Terminal;

static Terminal terminal;

static void terminal_write(void *opaque, const uint8_t *data, size_t size)
{
    (void)opaque;
    fwrite(data, 1, size, stdout);
}

static void terminal_flush(void *opaque)
{
    (void)opaque;
    fflush(stdout);
}

static void terminal_ready(void *opaque, int fd)
{
    Terminal *self = opaque;
    uint8_t typed[256];
    ssize_t size = read(fd, typed, sizeof typed);

    if (size > 0) {
        chardev_feed(self->chardev, typed, (size_t)size);
    } else {
        loop_unwatch(self->loop, fd);
    }
}

void serial_stdio(Chardev *chardev, EventLoop *loop)
{
    ChardevBackend backend = {terminal_write, terminal_flush, &terminal};

    terminal = (Terminal){chardev, loop};
    chardev_init(chardev, backend);
    loop_watch(loop, STDIN_FILENO, terminal_ready, &terminal);
}
