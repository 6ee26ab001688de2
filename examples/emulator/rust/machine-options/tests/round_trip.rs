//! What is written can be read, and what cannot be read is named.

use machine_options::{Aarch64, Accelerator, Id, Machine, OnOffAuto, ParseError, Style, X86_64};

/// A small generator: the same numbers in each run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn chance(&mut self) -> bool {
        self.below(2) == 0
    }

    fn id(&mut self) -> Id {
        let mut text = self.pick(&["a", "Z", "ram", "sev"]).to_owned();
        for _ in 0..self.below(8) {
            text.push(self.pick(&['a', 'Q', '0', '9', '-', '.', '_']));
        }
        Id::new(&text).expect("it is made like one")
    }

    fn machine_type<S: Style>(&mut self) -> String {
        if self.chance() {
            return self.pick(S::TYPES).to_owned();
        }
        let family = self.pick(S::VERSIONED_TYPES);
        format!("{family}-{}.{}", self.below(20), self.below(10))
    }

    fn machine<S: Style>(&mut self) -> Machine<S> {
        let mut machine = Machine::new(&self.machine_type::<S>()).expect("the style has it");
        if self.chance() {
            let order = [self.pick(&Accelerator::ALL), self.pick(&Accelerator::ALL)];
            machine = machine.with_accel(order);
        }
        for set in [
            Machine::with_dump_guest_core,
            Machine::with_mem_merge,
            Machine::with_nvdimm,
            Machine::with_hmat,
            Machine::with_aux_ram_share,
            Machine::with_aes_key_wrap,
            Machine::with_dea_key_wrap,
        ] {
            if self.chance() {
                machine = set(machine, self.chance());
            }
        }
        for set in [
            Machine::with_memory_encryption,
            Machine::with_memory_backend,
        ] {
            if self.chance() {
                machine = set(machine, self.id());
            }
        }
        machine
    }
}

/// Calls a law with 500 generators.
fn for_all(mut law: impl FnMut(&mut Random)) {
    for seed in 1..=500 {
        law(&mut Random(seed * 0x9e37_79b9));
    }
}

#[test]
fn what_is_written_is_read_again() {
    for_all(|random| {
        let mut x86: Machine<X86_64> = random.machine();
        if random.chance() {
            x86 = x86.with_vmport(random.pick(&[OnOffAuto::On, OnOffAuto::Off, OnOffAuto::Auto]));
        }
        assert_eq!(x86.to_string().parse(), Ok(x86));

        let arm: Machine<Aarch64> = random.machine();
        assert_eq!(arm.to_string().parse(), Ok(arm));
    });
}

#[test]
fn the_order_of_options_does_not_matter() {
    for_all(|random| {
        let machine: Machine<X86_64> = random.machine();
        let text = format!("type={machine}");
        let mut items: Vec<_> = text.split(',').collect();
        for end in (1..items.len()).rev() {
            items.swap(end, random.below(end + 1));
        }
        assert_eq!(items.join(",").parse(), Ok(machine));
    });
}

#[test]
fn a_damaged_argument_gives_an_error_or_another_machine_but_no_panic() {
    for_all(|random| {
        let mut text: Vec<char> = random.machine::<X86_64>().to_string().chars().collect();
        let at = random.below(text.len());
        text[at] = random.pick(&[',', '=', ':', 'x', ' ', 'é']);
        let text: String = text.into_iter().collect();
        if let Ok(machine) = text.parse::<Machine<X86_64>>() {
            assert_eq!(machine.to_string().parse(), Ok(machine));
        }
    });
}

fn error<S: Style>(argument: &str) -> String {
    let parsed: Result<Machine<S>, ParseError> = argument.parse();
    parsed.expect_err(argument).to_string()
}

#[test]
fn an_empty_argument_is_named() {
    assert_eq!(error::<X86_64>(""), "empty option in the argument \"\"");
    assert_eq!(
        error::<X86_64>("pc,,hmat=on"),
        "empty option in the argument \"pc,,hmat=on\""
    );
}

#[test]
fn an_argument_without_a_type_is_named() {
    assert_eq!(
        error::<X86_64>("accel=kvm"),
        "\"accel=kvm\" names no machine type"
    );
}

#[test]
fn an_unknown_option_is_named() {
    assert_eq!(
        error::<X86_64>("pc,colour=red"),
        "unknown option \"colour\" for a machine of x86_64"
    );
    assert_eq!(
        error::<Aarch64>("virt,vmport=on"),
        "unknown option \"vmport\" for a machine of aarch64"
    );
}

#[test]
fn a_bad_value_is_named() {
    for (argument, expected) in [
        (
            "virt,nvdimm=maybe",
            "bad value \"maybe\" for \"nvdimm\": expected on or off",
        ),
        (
            "virt,nvdimm",
            "bad value \"\" for \"nvdimm\": expected on or off",
        ),
        (
            "virt,accel=kvm:steam",
            "bad value \"kvm:steam\" for \"accel\": \
             expected hvf, kvm, nvmm, tcg, whpx or xen, with colons between",
        ),
        (
            "virt,memory-backend=1st",
            "bad value \"1st\" for \"memory-backend\": expected an identifier",
        ),
        (
            "q35",
            "bad value \"q35\" for \"type\": \
             expected none, raspi3b, raspi4b, sbsa-ref, virt, virt-VERSION or xlnx-zcu102",
        ),
    ] {
        assert_eq!(error::<Aarch64>(argument), expected);
    }
}
