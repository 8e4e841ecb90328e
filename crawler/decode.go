package crawler

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// errEncoding: an answer is compressed in a way that was not asked for.
var errEncoding = errors.New("the answer is compressed in a way that was not asked for")

// readBody reads a body, undoes its compression, and stops at the limit, which
// counts what comes out. Labels are hints: what says it is gzip and is not is
// taken as it is, and what is gzip without saying so (sitemap.xml.gz) is
// unpacked.
func readBody(r io.Reader, label string, limit bodyLimit) ([]byte, error) {
	plain, err := decode(r, label)
	if err != nil {
		return nil, err
	}
	out := bodyBuffers.Get().(*bytes.Buffer)
	defer putBuffer(out)
	_, err = out.ReadFrom(io.LimitReader(plain, limit.bytes+1))
	switch {
	case int64(out.Len()) > limit.bytes && limit.cut:
		return bytes.Clone(out.Bytes()[:limit.bytes]), nil
	case int64(out.Len()) > limit.bytes:
		return nil, ErrTooLarge
	case errors.Is(err, gzip.ErrHeader) && out.Len() > 0:
		// padding after the end, as some servers send
	case err != nil:
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil
}

// bodyBuffers are what bodies are read into: one that grows with each body is
// four times the body.
var bodyBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxPooled is the size up to which a buffer is used again: nearly every page
// fits, and no large one stays in memory.
const maxPooled = 512 << 10

func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= maxPooled {
		b.Reset()
		bodyBuffers.Put(b)
	}
}

// decode undoes up to maxLayers of compression.
func decode(r io.Reader, label string) (io.Reader, error) {
	labels := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return r == ',' || r == ' ' })
	for _, l := range labels {
		if !slices.Contains([]string{"gzip", "x-gzip", "deflate", "identity", "none", "utf-8", "utf8"}, l) {
			return nil, fmt.Errorf("%w: %.20q", errEncoding, l)
		}
	}
	deflated := slices.Contains(labels, "deflate")
	buf := bufio.NewReader(r)
	for layers := 0; ; layers++ {
		head, _ := buf.Peek(2) // a short body shows when it is read
		var inner io.Reader
		var err error
		switch {
		case len(head) < 2:
			return buf, nil
		case head[0] == 0x1f && head[1] == 0x8b:
			inner, err = gzip.NewReader(buf)
		case deflated && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0:
			inner, err = zlib.NewReader(buf)
			deflated = false
		case deflated && len(labels) == 1 && head[0] != '<' && head[0] != '{':
			inner = flate.NewReader(buf)
			deflated = false
		default:
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
		if layers == maxLayers {
			return nil, fmt.Errorf("%w: more than %d times over", errEncoding, maxLayers)
		}
		buf = bufio.NewReader(inner)
	}
}
