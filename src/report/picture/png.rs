//! A picture as the file that a chat shows.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::paint::WIDTH;

/// How many pixels one unit is: sharp where the chat shows it at full width.
const SCALE: f32 = 2.0;

/// The font comes with Scribe, so that a picture is the same on every machine.
/// DejaVu Sans may be embedded; its licence is `docs/licenses/DejaVu.txt`.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    Arc::new(fonts)
});

/// Our own failure: no log leads to one.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// What was painted is no SVG.
    #[error("the picture cannot be read")]
    Svg(#[from] resvg::usvg::Error),
    /// It has no size that pixels can be made for.
    #[error("the picture has no size")]
    Size,
    /// The pixels cannot be written.
    #[error("the picture cannot be written: {0}")]
    Png(String),
}

/// A picture of [`incident`](super::incident) or [`week`](super::week) as PNG, 2,200 pixels wide.
///
/// # Errors
/// [`PictureError`] is our own failure.
pub fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let size = size.filter(|size| f64::from(size.width()) <= WIDTH * f64::from(SCALE));
    let size = size.ok_or(PictureError::Size)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::Size)?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let png = pixels.encode_png();
    png.map_err(|error| PictureError::Png(error.to_string()))
}
