//! A CONNECT proxy that answers for the systems' real host names, for clients that know no others.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::listener::Stream;

/// The longest head of a request to the proxy.
const LONGEST: usize = 16 << 10;

/// The first byte of a TLS handshake; anything else after CONNECT is plain HTTP.
const HANDSHAKE: u8 = 0x16;

/// Where the proxy's connections go.
#[derive(Clone)]
pub(super) struct Proxy {
    /// The systems' servers, by the end of their host names.
    pub(super) systems: BTreeMap<&'static str, mpsc::Sender<Stream>>,
    /// Where the event bus listens.
    pub(super) bus: Option<SocketAddr>,
    pub(super) tls: TlsAcceptor,
}

impl Proxy {
    /// Serves until it is dropped.
    pub(super) async fn serve(self, listener: TcpListener) {
        loop {
            // Out of file descriptors, or a client that left: the next one may do better.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let proxy = self.clone();
            tokio::spawn(async move {
                if let Err(error) = proxy.tunnel(stream).await {
                    tracing::debug!(%error, "a tunnel of the sandbox's proxy broke");
                }
            });
        }
    }

    async fn tunnel(&self, mut client: TcpStream) -> io::Result<()> {
        let Some((host, port)) = asked(&mut client).await? else {
            return refuse(&mut client, "400 Bad Request").await;
        };
        let loopback =
            host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()) || host == "localhost";
        let to = if host.starts_with("api.pubsub.") {
            self.bus
        } else if loopback {
            // Clients send what goes to loopback through an inherited proxy too.
            Some(SocketAddr::from(([127, 0, 0, 1], port)))
        } else {
            None
        };
        if let Some(to) = to {
            let Ok(mut server) = TcpStream::connect(to).await else {
                return refuse(&mut client, "502 Bad Gateway").await;
            };
            establish(&mut client).await?;
            return copy_bidirectional(&mut client, &mut server).await.map(drop);
        }
        let system = self.systems.iter().find(|(end, _)| {
            host.strip_suffix(**end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        let Some((_, system)) = system else {
            // Nothing of the sandbox reaches the world outside.
            return refuse(&mut client, "403 Forbidden").await;
        };
        establish(&mut client).await?;
        let mut first = [0];
        let secure = client.peek(&mut first).await? == 1 && first == [HANDSHAKE];
        let stream = if secure {
            Stream::Tls(Box::new(self.tls.accept(client).await?))
        } else {
            Stream::Plain(client)
        };
        system.send(stream).await.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// Host and port that the client wants to reach; nothing when it asks for something else.
async fn asked(client: &mut TcpStream) -> io::Result<Option<(String, u16)>> {
    let mut head = Vec::with_capacity(512);
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST {
            return Ok(None);
        }
        // Byte by byte: what follows the head belongs to the tunnel.
        head.push(client.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.split_whitespace();
    let target = words.next().filter(|method| *method == "CONNECT").and_then(|_| words.next());
    let parts = target.and_then(|target| target.rsplit_once(':'));
    Ok(parts.and_then(|(host, port)| {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        Some((host, port.parse().ok()?))
    }))
}

async fn establish(client: &mut TcpStream) -> io::Result<()> {
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await
}

async fn refuse(client: &mut TcpStream, status: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await
}
