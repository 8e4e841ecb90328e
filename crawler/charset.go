package crawler

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// encodingOf is the encoding of a page that is not UTF-8 throughout. When most
// of what is not ASCII is UTF-8 all the same, it is put together of two, or has
// a few broken bytes. A label that says that it is UTF-8 (servers add it to all
// they send) is passed over for the page's own, and in the end for what old
// pages are in.
func encodingOf(body []byte, contentType string) encoding.Encoding {
	sound, broken := 0, 0
	for b := body; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			sound++
		}
		b = b[n:]
	}
	if sound > broken {
		return encoding.Nop
	}
	for _, label := range []string{contentType, ""} {
		if enc, name, _ := charset.DetermineEncoding(body, label); name != "utf-8" {
			return enc
		}
	}
	return charmap.Windows1252
}

// minDoubled is how many marks of doubled UTF-8 a page must have: one may be
// quoted.
const minDoubled = 3

// undouble undoes UTF-8 that was taken for Windows-1252 and made UTF-8 again, as
// in databases that were moved: "Jumâ€™at". Only runs that give UTF-8 are
// touched, since templates around them are mostly sound.
func undouble(body []byte) []byte {
	if bytes.Count(body, []byte("â€"))+bytes.Count(body, []byte("Ã")) < minDoubled {
		return body
	}
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		ascii := bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf })
		if ascii < 0 {
			return append(out, body...)
		}
		out, body = append(out, body[:ascii]...), body[ascii:]
		end := bytes.IndexFunc(body, func(r rune) bool { return r < utf8.RuneSelf })
		if end < 0 {
			end = len(body)
		}
		out, body = append(out, single(body[:end])...), body[end:]
	}
	return out
}

// single is a run of doubled UTF-8 as it was, or the run when it is none.
func single(run []byte) []byte {
	once := make([]byte, 0, len(run))
	for _, r := range string(run) {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			if r > 0x9f { // below, what Windows-1252 does not have passes as it is
				return run
			}
			b = byte(r)
		}
		once = append(once, b)
	}
	if !utf8.Valid(once) {
		return run
	}
	return once
}
