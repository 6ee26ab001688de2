//! The device that `@NAME@` serves: it fills each buffer of the guest with the bytes of its pattern.

use std::io;
use std::sync::{Arc, RwLock};

use vhost::vhost_user::message::VhostUserVirtioFeatures;
use vhost::vhost_user::VhostUserProtocolFeatures;
use vhost_user_backend::{VhostUserBackendMut, VringRwLock, VringT};
use virtio_bindings::virtio_config::VIRTIO_F_VERSION_1;
use virtio_queue::{DescriptorChain, QueueOwnedT};
use vm_memory::{
    Bytes, GuestAddressSpace, GuestMemory, GuestMemoryAtomic, GuestMemoryLoadGuard, GuestMemoryMmap,
};
use vmm_sys_util::epoll::EventSet;

const QUEUES: usize = 1;
const QUEUE_SIZE: usize = 256;

/// What a guest writes to and reads from.
pub struct Device {
    pattern: Vec<u8>,
    memory: Option<GuestMemoryAtomic<GuestMemoryMmap>>,
}

impl Device {
    /// A device that gives the bytes of `pattern`, over and over.
    #[must_use]
    pub fn new(pattern: &[u8]) -> Self {
        Self {
            pattern: pattern.to_vec(),
            memory: None,
        }
    }

    /// Fills all buffers of a chain that the guest lets us write to; answers how many bytes that were.
    ///
    /// # Errors
    ///
    /// Where the guest names memory that it does not have.
    pub fn fill<M>(&self, chain: DescriptorChain<M>) -> io::Result<u32>
    where
        M: std::ops::Deref + Clone,
        M::Target: GuestMemory,
    {
        let mut written = 0u32;
        let memory = chain.memory();
        let buffers: Vec<_> = chain.clone().writable().collect();
        for buffer in buffers {
            let bytes: Vec<u8> = self
                .pattern
                .iter()
                .copied()
                .cycle()
                .take(buffer.len() as usize)
                .collect();
            memory
                .write_slice(&bytes, buffer.addr())
                .map_err(io::Error::other)?;
            written += buffer.len();
        }
        Ok(written)
    }

    fn process(&self, vring: &VringRwLock) -> io::Result<()> {
        let Some(memory) = &self.memory else {
            return Err(io::Error::other("the guest has given no memory yet"));
        };
        let guard: GuestMemoryLoadGuard<GuestMemoryMmap> = memory.memory();
        let chains: Vec<_> = vring
            .get_mut()
            .get_queue_mut()
            .iter(guard)
            .map_err(io::Error::other)?
            .collect();
        for chain in chains {
            let head = chain.head_index();
            let written = self.fill(chain)?;
            vring.add_used(head, written).map_err(io::Error::other)?;
        }
        vring.signal_used_queue()
    }
}

impl VhostUserBackendMut for Device {
    type Bitmap = ();
    type Vring = VringRwLock;

    fn num_queues(&self) -> usize {
        QUEUES
    }

    fn max_queue_size(&self) -> usize {
        QUEUE_SIZE
    }

    fn features(&self) -> u64 {
        (1 << VIRTIO_F_VERSION_1) | VhostUserVirtioFeatures::PROTOCOL_FEATURES.bits()
    }

    fn protocol_features(&self) -> VhostUserProtocolFeatures {
        VhostUserProtocolFeatures::MQ
    }

    fn set_event_idx(&mut self, _enabled: bool) {}

    fn update_memory(&mut self, memory: GuestMemoryAtomic<GuestMemoryMmap>) -> io::Result<()> {
        self.memory = Some(memory);
        Ok(())
    }

    fn handle_event(
        &mut self,
        device_event: u16,
        events: EventSet,
        vrings: &[VringRwLock],
        _thread: usize,
    ) -> io::Result<()> {
        if events != EventSet::IN {
            return Err(io::Error::other("not an event to read"));
        }
        match vrings.get(usize::from(device_event)) {
            Some(vring) => self.process(vring),
            None => Err(io::Error::other("no such queue")),
        }
    }
}

/// A device as the daemon takes it.
#[must_use]
pub fn shared(device: Device) -> Arc<RwLock<Device>> {
    Arc::new(RwLock::new(device))
}

#[cfg(all(test, not(feature = "xen")))]
mod tests {
    use super::*;
    use virtio_bindings::virtio_ring::{VRING_DESC_F_NEXT, VRING_DESC_F_WRITE};
    use virtio_queue::desc::{split::Descriptor, RawDescriptor};
    use virtio_queue::mock::MockSplitQueue;
    use virtio_queue::Queue;
    use vm_memory::GuestAddress;

    #[test]
    fn buffers_of_the_guest_are_filled_with_the_pattern() {
        let memory = GuestMemoryMmap::<()>::from_ranges(&[(GuestAddress(0), 0x1_0000)]).unwrap();
        let guest = MockSplitQueue::new(&memory, 16);
        let flags = VRING_DESC_F_WRITE | VRING_DESC_F_NEXT;
        let first = Descriptor::new(0x8000, 4, u16::try_from(flags).unwrap(), 1);
        let last = Descriptor::new(0x9000, 3, u16::try_from(VRING_DESC_F_WRITE).unwrap(), 0);
        let chain = [RawDescriptor::from(first), RawDescriptor::from(last)];
        guest.build_desc_chain(&chain).unwrap();
        let mut queue: Queue = guest.create_queue().unwrap();
        let chain = queue.iter(&memory).unwrap().next().unwrap();
        assert_eq!(Device::new(b"abc").fill(chain).unwrap(), 7);
        let mut bytes = [0; 4];
        memory.read_slice(&mut bytes, GuestAddress(0x8000)).unwrap();
        assert_eq!(&bytes, b"abca");
    }

    #[test]
    fn a_device_without_memory_says_so() {
        let mut device = Device::new(b"x");
        let no_queue = device.handle_event(0, EventSet::IN, &[], 0);
        assert_eq!(no_queue.unwrap_err().to_string(), "no such queue");
    }
}
