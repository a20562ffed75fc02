//! TLS for the sandbox: an authority of its own, and one certificate for loopback and for the systems' real names.

use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::listener::Stream;

/// The names for which the sandbox answers, loopback apart.
const NAMES: [&str; 7] = [
    "localhost",
    "*.salesforce.com",
    "*.my.salesforce.com",
    "*.sandbox.my.salesforce.com",
    "*.develop.my.salesforce.com",
    "*.pubsub.salesforce.com",
    "*.monday.com",
];

/// How many connections wait between their handshake and the server.
const WAITING: usize = 64;

/// The authority, and what servers need to speak for it.
pub(super) struct Authority {
    /// The file with its certificate, for clients to trust.
    pub(super) file: PathBuf,
    /// The folder that goes with the sandbox, unless the file belongs to a state file.
    folder: Option<PathBuf>,
    h2: Arc<ServerConfig>,
    http1: Arc<ServerConfig>,
}

impl Authority {
    /// Makes an authority; beside a state file it stays the same from one start to the next.
    ///
    /// # Errors
    /// The files cannot be written.
    pub(super) fn new(state_file: Option<&Path>) -> io::Result<Self> {
        let (file, folder) = if let Some(state) = state_file {
            (state.with_extension("ca.pem"), None)
        } else {
            let name = format!("syncdeck-sandbox-{}-{:08x}", std::process::id(), fastrand::u32(..));
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(&folder)?;
            (folder.join("ca.pem"), Some(folder))
        };
        let key = authority_key(state_file)?;
        let issuer = CertifiedIssuer::self_signed(authority(), key).map_err(io::Error::other)?;
        if folder.is_some() || !file.exists() {
            fs::write(&file, issuer.pem())?;
        }
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let leaf = leaf().and_then(|leaf| leaf.signed_by(&key, &issuer)).map_err(io::Error::other)?;
        let config = |protocol: &[u8]| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
            let mut config = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .and_then(|builder| {
                    builder.with_no_client_auth().with_single_cert(vec![leaf.der().clone()], key)
                })
                .map_err(io::Error::other)?;
            config.alpn_protocols = vec![protocol.to_vec()];
            Ok::<_, io::Error>(Arc::new(config))
        };
        Ok(Self { file, folder, h2: config(b"h2")?, http1: config(b"http/1.1")? })
    }

    /// Takes connections of HTTP/2 from a listener.
    pub(super) fn accept_h2(&self, listener: TcpListener) -> mpsc::Receiver<TlsStream<TcpStream>> {
        accept(listener, Arc::clone(&self.h2))
    }
}

impl Authority {
    /// Takes connections of HTTP/1.1 from a listener and hands them on.
    pub(super) fn accept_http(&self, listener: TcpListener, to: mpsc::Sender<Stream>) {
        let mut accepted = accept(listener, Arc::clone(&self.http1));
        tokio::spawn(async move {
            loop {
                let stream = tokio::select! {
                    stream = accepted.recv() => stream,
                    () = to.closed() => return,
                };
                let Some(stream) = stream else { return };
                // The server may be gone: then so is the next turn.
                drop(to.send(Stream::Tls(Box::new(stream))).await);
            }
        });
    }

    /// How servers of HTTP/1.1 shake hands.
    pub(super) fn http1(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.http1))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // What is left in the folder of temporary files does no harm.
            drop(fs::remove_dir_all(folder));
        }
    }
}

/// Accepts connections until nobody takes them any more; slow handshakes hold up nobody else.
fn accept(listener: TcpListener, config: Arc<ServerConfig>) -> mpsc::Receiver<TlsStream<TcpStream>> {
    let (ready, taken) = mpsc::channel(WAITING);
    let acceptor = TlsAcceptor::from(config);
    tokio::spawn(async move {
        loop {
            let stream = tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // Out of file descriptors, or a client that left: the next one may do better.
                    Err(_) => continue,
                },
                () = ready.closed() => return,
            };
            // A failure here costs speed only.
            drop(stream.set_nodelay(true));
            let (acceptor, ready) = (acceptor.clone(), ready.clone());
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    // Nobody takes it when the sandbox ends.
                    drop(ready.send(stream).await);
                }
            });
        }
    });
    taken
}

fn authority_key(state_file: Option<&Path>) -> io::Result<KeyPair> {
    let Some(file) = state_file.map(|state| state.with_extension("ca.key")) else {
        return KeyPair::generate().map_err(io::Error::other);
    };
    if let Ok(text) = fs::read_to_string(&file) {
        return KeyPair::from_pem(&text).map_err(io::Error::other);
    }
    let key = KeyPair::generate().map_err(io::Error::other)?;
    write_secret(&file, &key.serialize_pem())?;
    Ok(key)
}

fn write_secret(file: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

fn authority() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "syncdeck sandbox authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn leaf() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    params.distinguished_name.push(DnType::CommonName, "syncdeck sandbox");
    for address in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        params.subject_alt_names.push(SanType::IpAddress(address));
    }
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}
