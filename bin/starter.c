// Starts commands for kaon: a process of its own starts others for far less than Node can, which
// forks the larger the more memory it has. Reads requests, runs so many at once as it is told, the
// others in their order, and tells how each ended and what it printed. When kaon is gone, so is all
// that runs.
//
// Numbers are 32 bits, the lowest byte first. A request: its size, its kind, and
//   run   id, limit (the largest number: this one starts at once and has no part in the limits of
//         others), count of words, count of changes;
//         then strings, each with a zero behind it: folder, file of standard input, file of standard
//         output (empty: it is captured), changes of the environment (`+NAME=VALUE`, `-NAME`), words
//   speak as run; what it prints on standard error is told while it runs
//   kill  id, signal: for the whole group of a command that runs
//   drop  what has not started yet never will
//   allow limit: as many may run in turn from now on
//   go    after a failure, which nobody may want to go on from, nothing starts until this
// An answer: id, kind, number, process id, microseconds, size of the text, text.
//
//   starter PARENT-PROCESS WORD …   becomes a command that is killed when the one who started it is gone
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "environment.h"
#include "starter-answers.h"
#include "starter-launch.h"

enum { run_request = 1, kill_request, drop_request, go_request, speak_request, allow_request };
/** How long answers may wait for others while there is work without them. */
static const double patience_us = 4000;

static Command *first, **last = &first;
static uint32_t waiting;
/** How many may run in turn at once, as the last request said, and how many do. */
static uint32_t limit, in_turn;
/** Something failed, and it was not said that the others go on. */
static int held;
static int *outputs;
static uint32_t output_count, output_room;

/** A file without a name that commands write to, one after the other. */
static int take_output(void) {
  if (output_count > 0) return outputs[--output_count];
#ifdef MFD_CLOEXEC
  int made = memfd_create("output", MFD_CLOEXEC);
#else
  FILE *file = tmpfile();
  int made = file == NULL ? -1 : fcntl(fileno(file), F_DUPFD_CLOEXEC, 4);
  if (file != NULL) fclose(file);
#endif
  // What several processes write stands one behind the other.
  if (made >= 0) fcntl(made, F_SETFL, O_APPEND);
  return made;
}

static void give_output(int output) {
  if (output_count == output_room) {
    output_room = output_room * 2 + 8;
    outputs = grown(outputs, output_room * sizeof *outputs);
  }
  outputs[output_count++] = output;
}

/** Tells what a command said since; false when nobody can say more. Never waits. */
static int take_said(const Running *ran) {
  char text[1 << 14];
  for (;;) {
    ssize_t count = read(ran->errors, text, sizeof text);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 && errno == EAGAIN;
    memcpy(answer(ran->id, said, 0, ran, (size_t)count), text, (size_t)count);
  }
}

static void answer_ended(Running ran, int status) {
  if (ran.errors >= 0) {
    take_said(&ran);
    close(ran.errors);
  }
  struct stat about;
  off_t all = fstat(ran.output, &about) == 0 ? about.st_size : 0;
  // More than that nobody reads, and no text of JavaScript holds: its end tells most.
  size_t size = all > most_output ? most_output : (size_t)all;
  uint32_t kind = WIFSIGNALED(status) ? killed : exited;
  uint32_t value = (uint32_t)(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
  if (status != 0) held = 1;
  char *text = answer(ran.id, kind, value, &ran, size);
  for (size_t at = 0; at < size;) {
    ssize_t count = pread(ran.output, text + at, size - at, all - (off_t)(size - at));
    if (count <= 0) {
      memset(text + at, 0, size - at);
      break;
    }
    at += (size_t)count;
  }
  // What it left running may write more, which is no other command's.
  int is_held = kill(-ran.process, 0) == 0;
  if (is_held || (size > 0 && ftruncate(ran.output, 0) != 0)) close(ran.output);
  else give_output(ran.output);
}

static void start(Command *command, int has_turn) {
  const char *path = command->input[0] == 0 ? "/dev/null" : command->input;
  int input = open(path, O_RDONLY | O_CLOEXEC);
  if (input < 0) return answer_error(command->id, errno);
  int captured = take_output();
  int output = captured;
  if (captured >= 0 && command->output[0] != 0) {
    output = open(command->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  if (output < 0) {
    int error = errno;
    close(input);
    if (captured >= 0) give_output(captured);
    return answer_error(command->id, error);
  }
  int pipe_ends[2] = {-1, captured};
  if (command->speaks) open_pipe(pipe_ends);
  volatile int error = 0;
  double started_us = now_us();
  pid_t process = launch(command, input, output, pipe_ends[1], &error);
  close(input);
  if (output != captured) close(output);
  if (pipe_ends[1] != captured) close(pipe_ends[1]);
  if (error != 0) {
    if (pipe_ends[0] >= 0) close(pipe_ends[0]);
    give_output(captured);
    return answer_error(command->id, error);
  }
  if (running_count == running_room) {
    running_room = running_room * 2 + 8;
    running = grown(running, running_room * sizeof *running);
  }
  running[running_count++] =
      (Running){.id = command->id,
                .process = process,
                .output = captured,
                .errors = pipe_ends[0],
                .has_turn = has_turn,
                .started_us = started_us};
  if (has_turn) in_turn++;
}

static void release(Command *command) {
  if (command->variables != environ) free(command->variables);
  free(command->words - 1);
  free(command->text);
  free(command);
}

static Command *take_first(void) {
  Command *command = first;
  first = command->next;
  if (first == NULL) last = &first;
  waiting--;
  return command;
}

static void start_what_may(void) {
  while (first != NULL && !held && in_turn < limit) {
    Command *command = take_first();
    start(command, 1);
    release(command);
  }
}

static void take_command(const char *request, uint32_t size, int speaks) {
  if (size < 16) end_all();
  Command *command = grown(NULL, sizeof *command);
  command->next = NULL;
  command->speaks = speaks;
  command->id = number(request);
  uint32_t most = number(request + 4);
  uint32_t words = number(request + 8), changes = number(request + 12);
  size -= 16;
  command->text = grown(NULL, size + 1);
  memcpy(command->text, request + 16, size);
  command->text[size] = 0;
  char *at = command->text, *end = at + size;
  char **strings[3] = {&command->folder, &command->input, &command->output};
  for (int which = 0; which < 3; which++) {
    *strings[which] = at;
    at = at < end ? at + strlen(at) + 1 : at;
  }
  char **all = grown(NULL, ((size_t)words + changes + 2) * sizeof *all);
  for (uint32_t which = 0; which < words + changes; which++) {
    if (at >= end) end_all();
    all[which] = at;
    at += strlen(at) + 1;
  }
  command->variables = changed(all, changes);
  if (command->variables == NULL) end_all();
  memmove(all + 1, all + changes, words * sizeof *all);
  command->words = all + 1;
  command->words[words] = NULL;
  if (most == UINT32_MAX) {
    start(command, 0);
    return release(command);
  }
  limit = most;
  *last = command;
  last = &command->next;
  waiting++;
}

static void take_request(const char *request, uint32_t size) {
  if (size < 4) end_all();
  uint32_t kind = number(request);
  if (kind == run_request || kind == speak_request) {
    take_command(request + 4, size - 4, kind == speak_request);
    // At once: what may run is never among what is dropped.
    return start_what_may();
  }
  if (kind == drop_request) {
    while (first != NULL) {
      Command *command = take_first();
      answer(command->id, dropped, 0, NULL, 0);
      release(command);
    }
    return send_answers();
  }
  if (kind == go_request) {
    held = 0;
    return start_what_may();
  }
  if (kind == allow_request && size >= 8) {
    limit = number(request + 4);
    return start_what_may();
  }
  if (kind != kill_request || size < 12) end_all();
  for (uint32_t at = 0; at < running_count; at++) {
    if (running[at].id == number(request + 4)) kill(-running[at].process, (int)number(request + 8));
  }
}

/** Reads what there is; false when kaon is gone. */
static int take_requests(void) {
  static char *text;
  static size_t size, room;
  if (room - size < 1 << 16) {
    room = room * 2 + (1 << 17);
    text = grown(text, room);
  }
  ssize_t count = read(0, text + size, room - size);
  if (count == 0) return 0;
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  size += (size_t)count;
  size_t at = 0;
  while (size - at >= 4 && size - at - 4 >= number(text + at)) {
    take_request(text + at + 4, number(text + at));
    at += 4 + number(text + at);
  }
  memmove(text, text + at, size - at);
  size -= at;
  return 1;
}

static void take_ended(void) {
  int status;
  for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
    for (uint32_t at = 0; at < running_count; at++) {
      if (running[at].process != process) continue;
      Running ran = running[at];
      running[at] = running[--running_count];
      if (ran.has_turn) in_turn--;
      answer_ended(ran, status);
      break;
    }
    // The next goes on before anyone is told.
    start_what_may();
  }
}

/** The largest descriptor that is listened to. */
static int listen_to_all(fd_set *in) {
  int most = 0;
  for (uint32_t at = 0; at < running_count; at++) {
    int errors = running[at].errors;
    if (errors < 0) continue;
    FD_SET(errors, in);
    if (errors > most) most = errors;
  }
  return most;
}

/** What commands say may be waited for: it is told at once. */
static void take_all_said(fd_set *in) {
  int some = 0;
  for (uint32_t at = 0; at < running_count; at++) {
    Running *one = &running[at];
    if (one->errors < 0 || !FD_ISSET(one->errors, in)) continue;
    some = 1;
    if (take_said(one)) continue;
    close(one->errors);
    one->errors = -1;
  }
  if (some) send_answers();
}

static void on_child(int signal) { (void)signal; }

static int become_bound(char **words) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // It may have gone before we asked.
  if (getppid() != (pid_t)strtol(words[0], NULL, 10)) return 1;
  execvp(words[1], words + 1);
  fprintf(stderr, "%s: %s\n", words[1], strerror(errno));
  return 127;
}

int main(int count, char **words) {
  if (count > 2) return become_bound(words + 1);
  sigprocmask(SIG_SETMASK, NULL, &given_mask);
  struct sigaction action = {.sa_handler = on_child};
  sigaction(SIGCHLD, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  sigset_t mask = given_mask, open_mask = given_mask;
  sigaddset(&mask, SIGCHLD);
  sigdelset(&open_mask, SIGCHLD);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  for (int own = 0; own < 3; own++) fcntl(own, F_SETFD, FD_CLOEXEC);
  for (;;) {
    start_what_may();
    take_ended();
    double left_us = answers_since_us + patience_us - now_us();
    // While much is left to do, answers wait for others: to be woken costs more than to answer.
    int rests = waiting <= answers_count || left_us <= 0 || held;
    if (answers_count > 0 && rests) send_answers();
    struct timespec rest = {.tv_nsec = (long)(left_us * 1e3)};
    fd_set in;
    FD_ZERO(&in);
    FD_SET(0, &in);
    int most = listen_to_all(&in);
    int ready = pselect(most + 1, &in, NULL, NULL, answers_count > 0 ? &rest : NULL, &open_mask);
    if (ready <= 0) continue;
    take_all_said(&in);
    if (FD_ISSET(0, &in) && !take_requests()) end_all();
  }
}
