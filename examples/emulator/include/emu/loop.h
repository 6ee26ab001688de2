/* The event loop: a clock, timers and file descriptors. */
#ifndef EMU_LOOP_H
#define EMU_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#define LOOP_WATCHES 16

/*
 * The real clock follows the host's. The virtual one moves with the guest's
 * instructions and jumps over idle time: the same program gives the same run.
 */
typedef enum ClockKind { CLOCK_REAL_TIME, CLOCK_VIRTUAL_TIME } ClockKind;

typedef struct EventLoop EventLoop;

typedef struct Timer {
    EventLoop *loop;
    void (*expire)(void *opaque);
    void *opaque;
    uint64_t deadline_ns;
    bool armed;
    struct Timer *next; /* in the loop's list of all timers */
} Timer;

typedef struct Watch {
    int fd;
    void (*ready)(void *opaque, int fd);
    void *opaque;
} Watch;

struct EventLoop {
    ClockKind clock;
    uint64_t virtual_ns;
    uint64_t epoch_ns; /* the host's time when the loop began */
    Timer *timers;
    Watch watches[LOOP_WATCHES];
    uint32_t watch_count;
};

typedef enum LoopWait { LOOP_POLL, LOOP_WAIT } LoopWait;

void loop_init(EventLoop *loop, ClockKind clock);
uint64_t loop_now_ns(const EventLoop *loop);

/* Lets time pass for a virtual clock; a real one needs no help. */
void loop_advance(EventLoop *loop, uint64_t ns);

/* Calls `ready` whenever `fd` can be read. False when the table is full. */
bool loop_watch(EventLoop *loop, int fd, void (*ready)(void *opaque, int fd), void *opaque);
void loop_unwatch(EventLoop *loop, int fd);

/*
 * Handles what is due. LOOP_WAIT sleeps (or, with a virtual clock, jumps) until
 * something is. False when nothing ever will be: no timer armed, nothing watched.
 */
bool loop_step(EventLoop *loop, LoopWait wait);

void timer_init(Timer *timer, EventLoop *loop, void (*expire)(void *opaque), void *opaque);
void timer_arm(Timer *timer, uint64_t deadline_ns);
void timer_cancel(Timer *timer);
uint64_t timer_now_ns(const Timer *timer);

#endif
