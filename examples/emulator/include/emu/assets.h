/* Files of the browser console, embedded by tools/embed. */
#ifndef EMU_ASSETS_H
#define EMU_ASSETS_H

#include <stddef.h>
#include <stdint.h>

typedef struct Asset {
    const char *path;
    const char *type;
    const uint8_t *bytes;
    size_t size;
} Asset;

/* Ends with an asset without a path. */
extern const Asset console_assets[];

#endif
