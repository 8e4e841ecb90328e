package crawler

import (
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// encodingOf is the encoding of a page that is not UTF-8 throughout. A label
// that says it is (servers add it to all they send) is passed over for the
// page's own, and in the end for what old pages are in, unless most of what is
// not ASCII is UTF-8 all the same: such pages are put together of two.
func encodingOf(body []byte, contentType string) encoding.Encoding {
	for _, label := range []string{contentType, ""} {
		if enc, name, _ := charset.DetermineEncoding(body, label); name != "utf-8" {
			return enc
		}
	}
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
	return charmap.Windows1252
}
