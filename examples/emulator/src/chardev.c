#include "emu/chardev.h"

#include <string.h>

void chardev_init(Chardev *chardev, ChardevBackend backend)
{
    memset(chardev, 0, sizeof *chardev);
    chardev->backend = backend;
}

void chardev_attach(Chardev *chardev, ChardevFrontend frontend)
{
    chardev->frontend = frontend;
}

void chardev_write(Chardev *chardev, const uint8_t *data, size_t size)
{
    chardev->backend.write(chardev->backend.opaque, data, size);
}

void chardev_flush(Chardev *chardev)
{
    if (chardev->backend.flush) {
        chardev->backend.flush(chardev->backend.opaque);
    }
}

size_t chardev_feed(Chardev *chardev, const uint8_t *data, size_t size)
{
    size_t space = CHARDEV_PENDING - chardev->pending_size;
    size_t taken = size < space ? size : space;

    memcpy(chardev->pending + chardev->pending_size, data, taken);
    chardev->pending_size += taken;
    chardev_pump(chardev);
    return taken;
}

void chardev_pump(Chardev *chardev)
{
    const ChardevFrontend *frontend = &chardev->frontend;
    size_t given = 0;

    if (!frontend->receive) {
        return;
    }
    while (given < chardev->pending_size && frontend->room(frontend->opaque) > 0) {
        frontend->receive(frontend->opaque, chardev->pending[given++]);
    }
    chardev->pending_size -= given;
    memmove(chardev->pending, chardev->pending + given, chardev->pending_size);
}
