/* A stream of characters between a serial port and the outside. */
#ifndef EMU_CHARDEV_H
#define EMU_CHARDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHARDEV_PENDING 4096

/* The outside: it takes what the guest prints. */
typedef struct ChardevBackend {
    void (*write)(void *opaque, const uint8_t *data, size_t size);
    void (*flush)(void *opaque); /* may be NULL */
    void *opaque;
} ChardevBackend;

/* The inside: a device that takes what the user types, when it has room. */
typedef struct ChardevFrontend {
    uint32_t (*room)(void *opaque);
    void (*receive)(void *opaque, uint8_t byte);
    void *opaque;
} ChardevFrontend;

typedef struct Chardev {
    ChardevBackend backend;
    ChardevFrontend frontend;
    uint8_t pending[CHARDEV_PENDING]; /* typed, and not yet taken by the device */
    size_t pending_size;
} Chardev;

void chardev_init(Chardev *chardev, ChardevBackend backend);
void chardev_attach(Chardev *chardev, ChardevFrontend frontend);

/* From the device to the outside. */
void chardev_write(Chardev *chardev, const uint8_t *data, size_t size);
void chardev_flush(Chardev *chardev);

/* From the outside to the device; what exceeds the room that is left is dropped. */
size_t chardev_feed(Chardev *chardev, const uint8_t *data, size_t size);
void chardev_pump(Chardev *chardev);

#endif
