//! Serves a device to a virtual machine monitor by vhost-user.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use vhost_user_backend::VhostUserDaemon;
use vm_memory::{GuestMemoryAtomic, GuestMemoryMmap};

use @CRATE@::{shared, Device};

/// Serves a device by vhost-user.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The socket that the virtual machine monitor connects to.
    #[arg(short, long)]
    socket_path: PathBuf,
    /// What the guest reads, over and over.
    #[arg(short, long, default_value = "@NAME@")]
    pattern: String,
}

fn main() -> ExitCode {
    match serve(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{}: {why}", env!("CARGO_PKG_NAME"));
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &Arguments) -> Result<(), String> {
    if arguments.pattern.is_empty() {
        return Err("the pattern is empty".into());
    }
    let device = shared(Device::new(arguments.pattern.as_bytes()));
    let memory = GuestMemoryAtomic::new(GuestMemoryMmap::new());
    let told = |error: vhost_user_backend::Error| error.to_string();
    let name = env!("CARGO_PKG_NAME").to_owned();
    let mut daemon = VhostUserDaemon::new(name, device, memory).map_err(told)?;
    daemon.serve(&arguments.socket_path).map_err(told)
}
