package extract

// sentence is where a sentence begins, and what is in it: nearly all questions
// whether something stands in a sentence are answered no, by these alone.
type sentence struct {
	first int32     // token
	cues  cueSet    // classes of cues that open in it
	lists listSet   // lists with a phrase that opens in it
	words wordLists // lists of grammars with a word in it
}

// line is what a line of the text is.
type line struct {
	kind     lineKind
	headline answer // see document.inHeadline
}

// lineKind says what a line of an article is.
type lineKind uint8

const (
	lineText      lineKind = iota
	lineRelated            // "BACA JUGA: ...": about other articles; nothing in it counts
	lineByline             // "Editor: X": its names are no officials
	lineCaption            // "(Foto: ...)", a caption: dates and names count
	lineFurniture          // share buttons, counters
	lineEnd                // "Komentar (2)": what follows is not of the report
)

// answer is that to a question which is asked again.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

// readLines sets the kind of every line by the noise phrase it opens with.
func (d *document) readLines() {
	d.lines = d.lines[:0]
	ended, pointer := false, false
	for k := range d.sents[:len(d.sents)-1] {
		first := int(d.sents[k].first)
		if int(d.toks[first].line) < len(d.lines) {
			continue
		}
		kind := d.lineKind(first)
		if ended = ended || kind == lineEnd; ended || pointer && d.headlineAt(first) {
			kind = lineRelated
		}
		pointer = kind == lineRelated && d.bareLine(first)
		d.lines = append(d.lines, line{kind: kind})
	}
}

// maxPointer is how long a headline may be that stands below "Baca juga:", in tokens.
const maxPointer = 20

// bareLine reports whether the line that opens with token i is a noise phrase
// and a mark: what it points to stands on the next line.
func (d *document) bareLine(i int) bool {
	h, ok := d.longest(i, listNoise)
	if !ok {
		return false
	}
	j := int(h.to)
	for j < len(d.toks) && d.toks[j].kind == punct && d.toks[j].line == d.toks[i].line {
		j++
	}
	return j >= len(d.toks) || d.toks[j].line != d.toks[i].line
}

// headlineAt reports whether the line that opens with token i is a headline:
// short, and without a full stop.
func (d *document) headlineAt(i int) bool {
	j := i
	for j < len(d.toks) && d.toks[j].line == d.toks[i].line && j-i <= maxPointer {
		j++
	}
	return j-i <= maxPointer && !d.toks[j-1].isStop()
}

// lineKind is the kind of the line that opens with token i.
func (d *document) lineKind(i int) lineKind {
	j := i
	for j < len(d.toks) && d.toks[j].kind == punct && d.toks[j].line == d.toks[i].line {
		j++
	}
	h, ok := d.longest(j, listNoise)
	if !ok {
		return lineText
	}
	class := d.class(h)
	kind := lineKinds[class]
	if class == "pointer" && !d.mark(int(h.to), ':') {
		return lineText // "Lihat saja jalan di perbatasan"
	}
	if kind == lineRelated || d.marked(int(h.to)) || d.lineWithin(i, maxNoise) && d.capital(int(h.to)) && kind != lineEnd {
		return kind
	}
	return lineText // "Sumber daya dua daerah ..."
}

// maxNoise is how long a line may be that a noise word opens without a mark
// behind it, in tokens: "Laporan Wartawan Tribun Jateng, Suharno".
const maxNoise = 8

// marked reports whether a line ends at token i, or goes on behind a mark.
func (d *document) marked(i int) bool {
	if i >= len(d.toks) || d.toks[i].line != d.toks[i-1].line {
		return true
	}
	switch d.toks[i].ch {
	case ':', '/', '|', '-', '–', '(', '©':
		return true
	}
	return false
}

// lineWithin reports whether the line that begins at token i has at most n
// tokens.
func (d *document) lineWithin(i, n int) bool {
	return i+n >= len(d.toks) || d.toks[i+n].line != d.toks[i].line
}

// lineKinds are the classes of the table of noise.
var lineKinds = map[string]lineKind{
	"related": lineRelated, "pointer": lineRelated, "byline": lineByline, "caption": lineCaption, "furniture": lineFurniture, "end": lineEnd,
}

// lineOf is the kind of the line that token i stands in.
func (d *document) lineOf(i int) lineKind { return d.lines[d.toks[i].line].kind }

// sameSentence reports whether tokens i and j exist and share a sentence.
func (d *document) sameSentence(i, j int) bool {
	return uint(i) < uint(len(d.toks)) && uint(j) < uint(len(d.toks)) && d.toks[i].sent == d.toks[j].sent
}

// sentence is the token range of the sentence that token i stands in.
func (d *document) sentence(i int) (from, to int) {
	n := d.toks[i].sent
	return int(d.sents[n].first), int(d.sents[n+1].first)
}

// sentenceOf is the sentence that token i stands in.
func (d *document) sentenceOf(i int) *sentence { return &d.sents[d.toks[i].sent] }
