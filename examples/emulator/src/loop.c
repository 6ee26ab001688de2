#include "emu/loop.h"

#include <poll.h>
#include <string.h>
#include <time.h>

#define NS_PER_MS 1000000u

static uint64_t host_now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void loop_init(EventLoop *loop, ClockKind clock)
{
    memset(loop, 0, sizeof *loop);
    loop->clock = clock;
    loop->epoch_ns = host_now_ns();
}

uint64_t loop_now_ns(const EventLoop *loop)
{
    return loop->clock == CLOCK_VIRTUAL_TIME ? loop->virtual_ns : host_now_ns() - loop->epoch_ns;
}

void loop_advance(EventLoop *loop, uint64_t ns)
{
    loop->virtual_ns += ns;
}

bool loop_watch(EventLoop *loop, int fd, void (*ready)(void *opaque, int fd), void *opaque)
{
    if (loop->watch_count == LOOP_WATCHES) {
        return false;
    }
    loop->watches[loop->watch_count++] = (Watch){fd, ready, opaque};
    return true;
}

void loop_unwatch(EventLoop *loop, int fd)
{
    for (uint32_t i = 0; i < loop->watch_count; i++) {
        if (loop->watches[i].fd == fd) {
            loop->watches[i] = loop->watches[--loop->watch_count];
            return;
        }
    }
}

static const Timer *next_timer(const EventLoop *loop)
{
    const Timer *first = NULL;

    for (const Timer *timer = loop->timers; timer; timer = timer->next) {
        if (timer->armed && (!first || timer->deadline_ns < first->deadline_ns)) {
            first = timer;
        }
    }
    return first;
}

/* How long poll() may sleep. A virtual clock jumps to its next timer instead. */
static int sleep_ms(EventLoop *loop, LoopWait wait)
{
    const Timer *timer = next_timer(loop);
    uint64_t now = loop_now_ns(loop);

    if (wait == LOOP_POLL) {
        return 0;
    }
    if (!timer) {
        return -1;
    }
    if (timer->deadline_ns <= now) {
        return 0;
    }
    if (loop->clock == CLOCK_VIRTUAL_TIME) {
        loop->virtual_ns = timer->deadline_ns;
        return 0;
    }
    return (int)((timer->deadline_ns - now + NS_PER_MS - 1) / NS_PER_MS);
}

static void expire_timers(EventLoop *loop)
{
    uint64_t now = loop_now_ns(loop);

    for (Timer *timer = loop->timers; timer; timer = timer->next) {
        if (timer->armed && timer->deadline_ns <= now) {
            timer->armed = false;
            timer->expire(timer->opaque);
        }
    }
}

bool loop_step(EventLoop *loop, LoopWait wait)
{
    struct pollfd polled[LOOP_WATCHES];
    Watch watches[LOOP_WATCHES];
    uint32_t count = loop->watch_count;

    if (wait == LOOP_WAIT && count == 0 && !next_timer(loop)) {
        return false;
    }
    /* A copy, since a callback may watch and unwatch. */
    memcpy(watches, loop->watches, sizeof watches);
    for (uint32_t i = 0; i < count; i++) {
        polled[i] = (struct pollfd){.fd = watches[i].fd, .events = POLLIN};
    }
    if (poll(polled, count, sleep_ms(loop, wait)) > 0) {
        for (uint32_t i = 0; i < count; i++) {
            if (polled[i].revents) {
                watches[i].ready(watches[i].opaque, watches[i].fd);
            }
        }
    }
    expire_timers(loop);
    return true;
}

void timer_init(Timer *timer, EventLoop *loop, void (*expire)(void *opaque), void *opaque)
{
    *timer = (Timer){.loop = loop, .expire = expire, .opaque = opaque, .next = loop->timers};
    loop->timers = timer;
}

void timer_arm(Timer *timer, uint64_t deadline_ns)
{
    timer->deadline_ns = deadline_ns;
    timer->armed = true;
}

void timer_cancel(Timer *timer)
{
    timer->armed = false;
}

uint64_t timer_now_ns(const Timer *timer)
{
    return loop_now_ns(timer->loop);
}
