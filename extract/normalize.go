package extract

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pakta"
)

// Normalize gives the article with title and text as they are archived and as
// evidence counts in them: valid UTF-8 (a broken byte becomes U+FFFD), NFC,
// and without control characters other than line feed and tab. The argument
// is left alone; it is returned itself when nothing had to change.
func Normalize(a *pakta.Article) *pakta.Article {
	title, text := normalize(a.Title), normalize(a.Text)
	if title == a.Title && text == a.Text {
		return a
	}
	out := *a
	out.Title, out.Text = title, text
	return &out
}

func normalize(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// plain reports whether s is what normalize makes of it, for the common case
// of ASCII and quotation marks, without allocating.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		for i+8 < len(s) && plainEight(s[i:i+8]) {
			i += 8
		}
		switch c := s[i]; {
		case c < 0x20 && c != '\n' && c != '\t' || c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			return plainWide(s[i:])
		}
	}
	return true
}

// plainEight reports whether the eight bytes of s are printable ASCII, all at
// once: no byte has its top bit, is below 0x20 or is 0x7f. One at a time, they
// cost a tenth of the time in which an article without agreements is read.
func plainEight(s string) bool {
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (x|(x-0x20*each)|(x+each))&tops == 0
}

func plainWide(s string) bool {
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		return false
	}
	for _, r := range s {
		if r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

// lowerCase puts text in lower case, in buf's room. Every letter keeps its
// place: one whose small form is longer or shorter, of which no language
// around here has any, stays as it is.
func lowerCase(buf []byte, text string) []byte {
	buf = append(buf[:0], text...)
	for i := 0; i < len(buf); {
		for ; i+8 <= len(buf); i += 8 {
			x := binary.LittleEndian.Uint64(buf[i:])
			if x&tops != 0 {
				break
			}
			binary.LittleEndian.PutUint64(buf[i:], x|between(x, 'A', 'Z')>>2) // 0x80 >> 2 is what capitals lack
		}
		if i == len(buf) {
			break
		}
		c := buf[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				buf[i] = c | 0x20
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(buf[i:])
		if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == size {
			utf8.EncodeRune(buf[i:], l)
		}
		i += size
	}
	return buf
}
