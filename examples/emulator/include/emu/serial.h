/* The two ends that a serial port can have: the terminal, or a browser. */
#ifndef EMU_SERIAL_H
#define EMU_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/chardev.h"
#include "emu/loop.h"

/* Standard input and output. */
void serial_stdio(Chardev *chardev, EventLoop *loop);

/*
 * A web server on 127.0.0.1 that serves the console page and, on /uart, a
 * WebSocket. Port 0 takes any that is free. Returns the port, or 0 (errno says why).
 */
uint16_t serial_web(Chardev *chardev, EventLoop *loop, uint16_t port);

#endif
