// What redo.c says, as kaon would.
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redo-recipe.h"
#include "redo-run.h"

/** What stands before and behind what was built in the last line of `kaon`. */
typedef struct Says {
  const char *before, *after;
} Says;

/** Lines for readers that are no terminal, one for each that was done. */
static void print_lines(const Recipe *recipe) {
  uint32_t count = 0;
  for (uint32_t which = 0; which < recipe->steps_count; which++) {
    const Step *step = &recipe->steps[which];
    if (step->ran) printf("[%u/%u] %s\n", ++count, recipe->steps_count, step->description);
  }
}

/** NO_COLOR and CLICOLOR_FORCE, as src/cli/terminal/terminal.ts has them. */
static int wants_color(void) {
  const char *none = getenv("NO_COLOR"), *forced = getenv("CLICOLOR_FORCE");
  if (none != NULL && none[0] != 0) return 0;
  return (forced != NULL && strcmp(forced, "0") != 0) || is_live;
}

/** As `duration` of src/events/narrate.ts tells a time. */
static void print_duration(double seconds) {
  long whole = (long)(seconds + 0.5);
  if (seconds < 59.95) printf("%.1f s", seconds);
  else if (whole < 3600) printf("%ld:%02ld", whole / 60, whole % 60);
  else printf("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

/** The last line, of `kaon compile` or of `kaon`. */
static void print_end(const Says *says, int compiles, int ran, int64_t took_ns) {
  double seconds = (double)took_ns / 1e9;
  const char *actions = ran == 1 ? "action" : "actions";
  if (compiles) {
    printf("%s: %d %s in ", wants_color() ? "\033[32mBuilt\033[39m" : "Built", ran, actions);
    print_duration(seconds);
    puts(".");
  } else {
    printf("%sbuilt, %d %s in %.1f s%s\n", says->before, ran, actions, seconds, says->after);
  }
}
