//! Policies, certificates and invoices as PDF.
//!
//! The Chinese font is not embedded (it would weigh megabytes): the document names a font of Adobe's Simplified Chinese
//! collection, which PDF readers have or substitute. Characters outside that collection may be missing.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 64.0;
/// Where the rows' values begin.
const VALUES: f32 = 176.0;

const FONT: Name<'static> = Name(b"F");
const FACE: Name<'static> = Name(b"STSong-Light");

/// The content of a document.
pub(super) struct Document<'a> {
    pub(super) title: &'a str,
    pub(super) company: &'a str,
    /// Name and value.
    pub(super) rows: Vec<(&'a str, String)>,
    pub(super) mark: &'a str,
}

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const TYPE0: Ref = Ref::new(4);
const CID: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
/// From here on page and content alternate.
const FIRST_PAGE: i32 = 7;

impl Document<'_> {
    /// The PDF's bytes.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let pages = self.pages();
        let ids: Vec<_> = (0..).step_by(2).zip(&pages).map(|(offset, _)| Ref::new(FIRST_PAGE + offset)).collect();
        let mut pdf = Pdf::new();
        pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("zh-CN"));
        pdf.pages(PAGES).kids(ids.iter().copied()).count(i32::try_from(ids.len()).unwrap_or(i32::MAX));
        pdf.document_info(INFO).title(TextStr(self.title)).producer(TextStr("aigobo sandbox"));
        font(&mut pdf);
        for (id, content) in ids.into_iter().zip(pages) {
            let content_id = Ref::new(id.get() + 1);
            let mut page = pdf.page(id);
            page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(PAGES).contents(content_id);
            page.resources().fonts().pair(FONT, TYPE0);
            page.finish();
            pdf.stream(content_id, &content.finish());
        }
        pdf.finish()
    }

    fn pages(&self) -> Vec<Content> {
        let mut pages = Vec::new();
        let mut page = self.first_page();
        let mut y = HEIGHT - 200.0;
        for (name, value) in &self.rows {
            let lines = wrap(value, (WIDTH - VALUES - MARGIN) / 12.0);
            for (place, line) in lines.iter().enumerate() {
                if y < MARGIN + 30.0 {
                    pages.push(core::mem::replace(&mut page, self.next_page()));
                    y = HEIGHT - MARGIN;
                }
                if place == 0 {
                    text(&mut page, name, 12.0, 0.45, MARGIN, y);
                }
                text(&mut page, line, 12.0, 0.1, VALUES, y);
                y -= 20.0;
            }
            y -= 6.0;
        }
        pages.push(page);
        pages
    }

    fn first_page(&self) -> Content {
        let mut page = self.next_page();
        text(&mut page, self.title, 26.0, 0.1, MARGIN, HEIGHT - 110.0);
        text(&mut page, self.company, 13.0, 0.35, MARGIN, HEIGHT - 136.0);
        page.set_stroke_gray(0.75).move_to(MARGIN, HEIGHT - 160.0).line_to(WIDTH - MARGIN, HEIGHT - 160.0).stroke();
        page
    }

    fn next_page(&self) -> Content {
        let mut page = Content::new();
        // The mark is behind the text and slants upwards.
        page.save_state().begin_text().set_font(FONT, 64.0).set_fill_gray(0.92);
        page.set_text_matrix([0.8, 0.6, -0.6, 0.8, 120.0, 240.0]).show(Str(&utf16(self.mark))).end_text();
        page.restore_state();
        text(&mut page, "沙箱样本，不具法律效力 · SAMPLE, NOT VALID", 9.0, 0.55, MARGIN, 40.0);
        page
    }
}

/// The font of all text, from the Simplified Chinese collection, encoded in Unicode.
fn font(pdf: &mut Pdf) {
    let system_info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 2 };
    pdf.type0_font(TYPE0).base_font(FACE).encoding_predefined(Name(b"UniGB-UTF16-H")).descendant_font(CID);
    let mut cid = pdf.cid_font(CID);
    cid.subtype(CidFontType::Type0).base_font(FACE).system_info(system_info);
    cid.font_descriptor(DESCRIPTOR).default_width(1000.0);
    // The Latin characters of the collection: proportional, and half as wide as a Chinese one.
    cid.widths().same(1, 95, 500.0).same(814, 939, 500.0);
    cid.finish();
    let mut descriptor = pdf.font_descriptor(DESCRIPTOR);
    descriptor.name(FACE).flags(FontFlags::SYMBOLIC | FontFlags::SERIF).bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0));
    descriptor.italic_angle(0.0).ascent(880.0).descent(-120.0).cap_height(880.0).stem_v(93.0);
}

fn text(page: &mut Content, text: &str, size: f32, gray: f32, x: f32, y: f32) {
    page.begin_text().set_font(FONT, size).set_fill_gray(gray);
    page.next_line(x, y).show(Str(&utf16(text))).end_text();
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Lines of at most `most` ems.
fn wrap(text: &str, most: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0.0;
    for c in text.chars().filter(|c| !c.is_control()) {
        let em = if c.is_ascii() { 0.5 } else { 1.0 };
        if width + em > most {
            lines.push(String::new());
            width = 0.0;
        }
        width += em;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Document, wrap};

    #[test]
    fn lines_hold_what_fits() {
        assert_eq!(wrap("", 2.0), [""]);
        assert_eq!(wrap("保险ab单", 2.5), ["保险a", "b单"]);
    }

    #[test]
    fn a_long_list_goes_on_on_the_next_page() {
        let rows = (0..100).map(|place| ("被保人", format!("第 {place} 人"))).collect();
        let pages = |rows| {
            let pdf = Document { title: "保单", company: "公司", rows, mark: "样本" }.pdf();
            assert!(pdf.starts_with(b"%PDF-1.7"));
            String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
        };
        assert_eq!(pages(rows), 4);
        // And so does a value that is too long for one.
        assert_eq!(pages(vec![("抬头", "长".repeat(2_000))]), 3);
    }
}
