// What starter.c runs, and what it tells of that.
#pragma once

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { exited = 0, killed, not_started, dropped, said };
enum { most_output = 1 << 28 };

typedef struct Running {
  uint32_t id;
  pid_t process;
  int output;
  /** A pipe to read while it runs; -1: what it says on standard error is with its output. */
  int errors;
  /** It waited in turn for a place among so many. */
  int has_turn;
  double started_us;
} Running;

static Running *running;
static uint32_t running_count, running_room;
static char *answers;
static size_t answers_size, answers_room;
static uint32_t answers_count;
static double answers_since_us;

static void *grown(void *list, size_t bytes) {
  void *larger = realloc(list, bytes);
  if (larger == NULL) _exit(1);
  return larger;
}

static double now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static uint32_t number(const char *at) {
  const unsigned char *bytes = (const unsigned char *)at;
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void put(char *at, uint32_t value) {
  for (int byte = 0; byte < 4; byte++) at[byte] = (char)(value >> (8 * byte));
}

static void end_all(void) {
  for (uint32_t at = 0; at < running_count; at++) kill(-running[at].process, SIGKILL);
  _exit(0);
}

static void send_answers(void) {
  for (size_t at = 0; at < answers_size;) {
    ssize_t count = write(1, answers + at, answers_size - at);
    if (count < 0 && errno != EINTR) end_all();
    if (count > 0) at += (size_t)count;
  }
  answers_size = 0;
  answers_count = 0;
}

/** Room for a text of a size behind the head of an answer. */
static char *answer(uint32_t id, uint32_t kind, uint32_t value, const Running *ran, size_t size) {
  if (answers_size + 24 + size > answers_room) {
    answers_room = answers_size + 24 + size + (size > 1 << 20 ? 0 : answers_size + size + 24);
    answers = grown(answers, answers_room);
  }
  char *head = answers + answers_size;
  put(head, id);
  put(head + 4, kind);
  put(head + 8, value);
  put(head + 12, ran == NULL ? 0 : (uint32_t)ran->process);
  double took_us = ran == NULL ? 0 : now_us() - ran->started_us;
  put(head + 16, took_us < UINT32_MAX ? (uint32_t)took_us : UINT32_MAX);
  put(head + 20, (uint32_t)size);
  if (answers_count++ == 0) answers_since_us = now_us();
  answers_size += 24 + size;
  return head + 24;
}

/** Tells that a command did not start, and why. */
static void answer_error(uint32_t id, int error) {
  const char *text = strerror(error);
  memcpy(answer(id, not_started, 0, NULL, strlen(text)), text, strlen(text));
}
