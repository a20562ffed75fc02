//! Frames on a byte stream: a length, then one JSON document.

use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::codec::{Framed, LengthDelimitedCodec};

/// The largest frame either end accepts, in bytes.
const LARGEST: usize = 64 << 20;

/// One end of a stream of frames.
pub(super) struct Frames<S> {
    framed: Framed<S, LengthDelimitedCodec>,
}

/// Why frames stopped.
#[derive(Debug, thiserror::Error)]
pub(super) enum FrameError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("a frame that is not understood: {0}")]
    Malformed(String),
}

impl<S: AsyncRead + AsyncWrite + Unpin> Frames<S> {
    pub(super) fn new(stream: S) -> Self {
        let codec = LengthDelimitedCodec::builder().max_frame_length(LARGEST).new_codec();
        Self { framed: Framed::new(stream, codec) }
    }

    pub(super) async fn send<T: Serialize>(&mut self, document: &T) -> Result<(), FrameError> {
        let bytes = serde_json::to_vec(document).map_err(|error| FrameError::Malformed(error.to_string()))?;
        Ok(self.framed.send(Bytes::from(bytes)).await?)
    }

    /// Returns the next document; `None` when the other end has gone. Losing the future loses nothing.
    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> Option<Result<T, FrameError>> {
        let frame = match self.framed.next().await? {
            Ok(frame) => frame,
            Err(error) => return Some(Err(error.into())),
        };
        let mut reader = serde_json::Deserializer::from_slice(&frame);
        let document = serde_path_to_error::deserialize(&mut reader);
        Some(document.map_err(|error| FrameError::Malformed(error.to_string())))
    }
}
