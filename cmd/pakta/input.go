package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"pakta"
	"pakta/crawler"
)

// maxDocument bounds one article as it comes in: a line of JSON Lines or a
// file of text or HTML. It is the crawler's bound on a page; the longest news
// article is a hundred times shorter.
const maxDocument = 10 << 20

// The forms in which articles come in.
const (
	fromJSONL = "jsonl"
	fromHTML  = "html"
	fromText  = "text"
	fromWARC  = "warc" // web archives, of import only
)

// inputForms lists the values of --from.
func inputForms() []string { return []string{fromText, fromHTML, fromJSONL, fromWARC} }

// extensions says by which ends of file names the forms are known.
var extensions = map[string]string{
	".jsonl": fromJSONL, ".ndjson": fromJSONL, ".json": fromJSONL,
	".html": fromHTML, ".htm": fromHTML, ".xhtml": fromHTML,
	".warc": fromWARC,
	".txt":  fromText, ".text": fromText, ".md": fromText,
}

// parseForm checks a value of --from; the empty one stands for "find out".
func parseForm(s string) (string, error) {
	if s == "" || slices.Contains(inputForms(), s) {
		return s, nil
	}
	return "", usagef("--from %.40q: want one of %s%s", s, strings.Join(inputForms(), ", "), didYouMean(s, inputForms()))
}

// raw is one article as it came in, not yet decoded.
type raw struct {
	// where names it in messages: a file, or a file and line.
	where string
	form  string
	text  []byte
	page  *pakta.Page // of a web archive; text is nil
	err   error       // it could not be read; text is nil
}

// document is one article that came in, or why it could not be read. The
// error names where it stood.
type document struct {
	article *pakta.Article
	page    *pakta.Page      // of a web archive
	reading *crawler.Reading // how it was read, when it was a page
	err     error
}

// input is one file, or standard input, of articles.
type input struct {
	name   string
	form   string
	place  string // format of "where" of lines, of name and number
	r      *bufio.Reader
	closer io.Closer
}

// openInput opens the file called name ("-": standard input) and finds out
// its form: what form says, else by the file's name, else by its first byte.
func openInput(ctx context.Context, e *env, name, form string) (*input, error) {
	in := &input{name: name, form: form, place: "%s, line %d"}
	if name == "-" {
		in.name = "standard input"
		in.r = bufio.NewReaderSize(interruptible(ctx, e.stdin), 1<<16)
	} else {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read articles: %w", err)
		}
		if info, err := f.Stat(); err == nil && info.IsDir() {
			f.Close() // nothing was written
			return nil, fmt.Errorf("read articles: %s is a directory; name the files in it", name)
		}
		in.r, in.closer = bufio.NewReaderSize(f, 1<<16), f
	}
	if in.form == "" {
		in.form = formOf(name)
	}
	if in.form == "" {
		in.form = sniff(in.r)
	}
	return in, nil
}

// formOf tells the form by a file's name; empty when the name says nothing.
func formOf(name string) string {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, ".warc.gz") {
		return fromWARC
	}
	return extensions[filepath.Ext(name)]
}

// sniff tells the form by the first byte that is not white space.
func sniff(r *bufio.Reader) string {
	head, _ := r.Peek(512) // a short or failing read shows again when it is read
	switch head = bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n"); {
	case bytes.HasPrefix(head, []byte("{")):
		return fromJSONL
	case bytes.HasPrefix(head, []byte("WARC/")), bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return fromWARC
	case bytes.HasPrefix(head, []byte("<")):
		return fromHTML
	default:
		return fromText
	}
}

// interruptible is r, except that a read ends when ctx is done. A read of r
// that is under way then is left behind: it ends with the process.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	out, in := io.Pipe()
	go func() {
		_, err := io.Copy(in, r)
		in.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { in.CloseWithError(context.Cause(ctx)) })
	return out
}

func (in *input) close() {
	if in.closer != nil {
		in.closer.Close() // opened for reading only
	}
}

// documents yields the articles of the input, undecoded. A fault of the input
// as a whole is the last one's err.
func (in *input) documents() iter.Seq[raw] {
	switch in.form {
	case fromJSONL:
		return in.lines
	case fromWARC:
		return in.records
	}
	return func(yield func(raw) bool) {
		text, err := io.ReadAll(io.LimitReader(in.r, maxDocument+1))
		if err == nil && len(text) > maxDocument {
			err = fmt.Errorf("longer than %d bytes", maxDocument)
		}
		if err != nil {
			yield(raw{where: in.name, err: fmt.Errorf("%s: %w", in.name, err)})
			return
		}
		yield(raw{where: in.name, form: in.form, text: text})
	}
}

// lines yields the lines of the input that are not blank.
func (in *input) lines(yield func(raw) bool) {
	for n := 1; ; n++ {
		where := fmt.Sprintf(in.place, in.name, n)
		line, err := readLine(in.r)
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			cont := yield(raw{where: where, err: fmt.Errorf("%s: %w", where, err)})
			if !cont || !errors.Is(err, errLongLine) {
				return
			}
			continue
		}
		if len(bytes.TrimSpace(line)) > 0 && !yield(raw{where: where, form: fromJSONL, text: line}) {
			return
		}
		if end {
			return
		}
	}
}

var errLongLine = fmt.Errorf("longer than %d bytes", maxDocument)

// readLine reads to the next line feed, which it leaves out. The error is
// errLongLine, after the whole line was passed over, when it exceeds
// maxDocument, and io.EOF beside the last line.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for tooLong := false; ; {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > maxDocument; !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLongLine
		case err != nil:
			return line, err
		}
		return line[:len(line)-1], nil
	}
}

// decoder makes articles of what comes in.
type decoder struct{ pages *crawler.Reader }

// decode makes an article of one thing that came in.
func (d decoder) decode(in raw) document {
	if in.err != nil {
		return document{err: in.err}
	}
	if in.page != nil {
		return d.decodePage(in)
	}
	var art *pakta.Article
	var reading *crawler.Reading
	var err error
	switch in.form {
	case fromJSONL:
		art, err = decodeJSON(in.text)
	case fromHTML:
		art, reading, err = d.decodeHTML(in.text)
	default:
		art, err = decodeText(in.text)
	}
	if err != nil {
		return document{err: fmt.Errorf("%s: %w", in.where, err)}
	}
	if strings.TrimSpace(art.Title) == "" && strings.TrimSpace(art.Text) == "" {
		return document{err: fmt.Errorf("%s: the article is empty: neither title nor text", in.where)}
	}
	if art.ID == "" {
		art.ID = articleID(art)
	}
	return document{article: art, reading: reading}
}

func decodeJSON(text []byte) (*pakta.Article, error) {
	var art pakta.Article
	if err := json.Unmarshal(text, &art); err != nil {
		return nil, fmt.Errorf("not an article: %w", err)
	}
	return &art, nil
}

func (d decoder) decodeHTML(text []byte) (*pakta.Article, *crawler.Reading, error) {
	page := &pakta.Page{Status: 200, Header: map[string][]string{"Content-Type": {"text/html"}}, Body: text}
	art, reading, err := d.pages.Read(page)
	if err != nil {
		return nil, nil, fmt.Errorf("no article found in the page: %w", err)
	}
	return art, reading, nil
}

// maxTitle is the length in bytes up to which the first line of a text may be
// its title; headlines stay below it, opening sentences seldom do.
const maxTitle = 200

// decodeText takes the first line for the title when it looks like one: short,
// followed by a blank line, and not ended as a sentence.
func decodeText(text []byte) (*pakta.Article, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("not text in UTF-8")
	}
	body := strings.TrimSpace(strings.TrimPrefix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\ufeff"))
	title, rest, ok := strings.Cut(body, "\n\n")
	if !ok || len(title) > maxTitle || strings.ContainsAny(title, "\n") || strings.HasSuffix(title, ".") {
		return &pakta.Article{Text: body}, nil
	}
	return &pakta.Article{Title: strings.TrimSpace(title), Text: strings.TrimSpace(rest)}, nil
}

// articleID is the id of an article that came without one: by its address, or
// by its content.
func articleID(a *pakta.Article) string {
	if a.URL != "" {
		return crawler.ArticleID(a.URL)
	}
	sum := sha256.Sum256([]byte(a.Canonical()))
	return hex.EncodeToString(sum[:8])
}
