#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config-devices.h"
#include "emu/loader.h"
#include "emu/machine.h"
#include "emu/serial.h"

enum { EXIT_USAGE = 2 };

static const char usage[] =
    "usage: emulator [OPTION]... GUEST\n"
    "Runs GUEST, an RV32IM program (ELF, or a flat image for the base of RAM).\n"
    "\n"
    "  -machine ARG     virt,accel=tcg,mem-merge=on|off,dump-guest-core=on|off,...\n"
    "  -m MIB           the size of RAM (16)\n"
    "  -serial stdio    the UART talks to the terminal (the default)\n"
    "  -serial web[:PORT]  the UART talks to a browser on this computer\n"
    "  -clock real|virtual  time goes by the clock, or by instructions\n"
    "  -describe        print the machine's address map, and end\n";

typedef struct Arguments {
    const char *machine;
    const char *serial;
    const char *guest;
    uint32_t ram_mib;
    ClockKind clock;
    bool describe;
} Arguments;

static bool complain(const char *problem, const char *text)
{
    fprintf(stderr, "emulator: %s: %s\n", problem, text);
    return false;
}

static bool parse_number(const char *text, unsigned long max, unsigned long *number)
{
    char *end;

    errno = 0;
    *number = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *number <= max;
}

static bool parse_option(Arguments *arguments, const char *name, const char *value)
{
    unsigned long number;

    if (!value) {
        return complain("a value is missing after", name);
    }
    if (strcmp(name, "-machine") == 0) {
        arguments->machine = value;
    } else if (strcmp(name, "-serial") == 0) {
        arguments->serial = value;
    } else if (strcmp(name, "-m") == 0) {
        if (!parse_number(value, 1024, &number) || number == 0) {
            return complain("the size of RAM must be 1 to 1024 MiB, not", value);
        }
        arguments->ram_mib = (uint32_t)number;
    } else if (strcmp(name, "-clock") == 0 && strcmp(value, "real") == 0) {
        arguments->clock = CLOCK_REAL_TIME;
    } else if (strcmp(name, "-clock") == 0 && strcmp(value, "virtual") == 0) {
        arguments->clock = CLOCK_VIRTUAL_TIME;
    } else if (strcmp(name, "-clock") == 0) {
        return complain("unknown clock", value);
    } else {
        return complain("unknown option", name);
    }
    return true;
}

static bool parse_arguments(Arguments *arguments, char **argv)
{
    for (; *argv; argv++) {
        if (strcmp(*argv, "-describe") == 0) {
            arguments->describe = true;
        } else if (**argv == '-') {
            if (!parse_option(arguments, argv[0], argv[1])) {
                return false;
            }
            argv++;
        } else if (arguments->guest) {
            return complain("one guest only; what about", *argv);
        } else {
            arguments->guest = *argv;
        }
    }
    if (!arguments->guest && !arguments->describe) {
        fputs(usage, stderr);
        return false;
    }
    return true;
}

static bool connect_web(const char *port_text, Chardev *serial, EventLoop *loop)
{
#ifdef CONFIG_WEB_CONSOLE
    unsigned long port = 0;
    uint16_t bound;

    if (port_text && !parse_number(port_text, 65535, &port)) {
        return complain("no port number", port_text);
    }
    bound = serial_web(serial, loop, (uint16_t)port);
    if (bound == 0) {
        return complain("cannot open the web console", strerror(errno));
    }
    printf("console: http://127.0.0.1:%u/\n", bound);
    fflush(stdout);
    return true;
#else
    (void)port_text, (void)serial, (void)loop;
    return complain("built without", "the web console");
#endif
}

static bool connect_serial(const char *kind, Chardev *serial, EventLoop *loop)
{
    if (strcmp(kind, "stdio") == 0) {
        serial_stdio(serial, loop);
        return true;
    }
    if (strncmp(kind, "web", 3) == 0 && (kind[3] == '\0' || kind[3] == ':')) {
        return connect_web(kind[3] ? kind + 4 : NULL, serial, loop);
    }
    return complain("unknown serial port", kind);
}

static bool load_guest(const char *path, const Ram *ram, uint32_t *entry)
{
    size_t size;
    uint8_t *image = loader_read_file(path, &size);
    const char *problem = image ? loader_load(ram, image, size, entry) : strerror(errno);

    free(image);
    return problem ? complain(path, problem) : true;
}

int main(int argc, char **argv)
{
    static Machine machine; /* large, and it must not move */
    static Chardev serial;
    EventLoop loop;
    MachineOptions options;
    Arguments arguments = {.machine = "virt", .serial = "stdio", .ram_mib = 16};
    char message[256];
    uint32_t entry = 0;
    int status = 0;

    (void)argc;
    if (!parse_arguments(&arguments, argv + 1)) {
        return EXIT_USAGE;
    }
    if (!machine_options_parse(arguments.machine, &options, message, sizeof message)) {
        complain("-machine", message);
        return EXIT_USAGE;
    }
    loop_init(&loop, arguments.clock);
    if (!connect_serial(arguments.serial, &serial, &loop)) {
        return EXIT_USAGE;
    }
    if (!machine_create(&machine, &options, arguments.ram_mib << 20, &loop, &serial)) {
        complain("cannot build", "the machine");
        return EXIT_FAILURE;
    }
    if (arguments.describe) {
        machine_describe(&machine);
    } else if (!load_guest(arguments.guest, &machine.ram, &entry)) {
        status = EXIT_FAILURE;
    } else {
        status = machine_run(&machine, entry);
    }
    machine_destroy(&machine);
    return status;
}
