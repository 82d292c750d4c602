//! A postcode directory, as CSV and as a compact file.
#![no_main]

use kinfold_census::check::{Directory, Places as _};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let headed = [b"pcds,oscty,oslaua,oseast1m,osnrth1m\n".as_slice(), bytes].concat();
    for directory in [
        Directory::from_csv(bytes),
        Directory::from_csv(headed.as_slice()),
        Directory::from_bytes(bytes.to_vec()),
    ]
    .into_iter()
    .flatten()
    {
        assert!(!directory.is_empty(), "a directory without a postcode");
        directory.find("SW1A1AA");
        // What was made is read back.
        assert_eq!(
            Directory::from_bytes(directory.bytes().to_vec()).map(|d| d.len()).ok(),
            Some(directory.len())
        );
    }
});
