package crawler

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// nuxtCall begins the script in which Nuxt 2 hands its data over: a function
// that is called at once with the values that occur in it more than once.
//
//	window.__NUXT__=(function(a,b){b.x=1;return {data:[{title:"Judul",next:a}]}}(null,{}));
var nuxtCall = regexp.MustCompile(`^\s*window\.__NUXT__\s*=\s*\(function\(([\w$,\s]*)\)\s*\{`)

// nuxtState is the data of such a script as JSON; "" when it is none, or has
// more in it than data.
func nuxtState(text string) string {
	m := nuxtCall.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	end := closing(text[m[1]:])
	if end < 0 {
		return ""
	}
	body, rest := text[m[1]:m[1]+end], strings.TrimLeft(text[m[1]+end+1:], " \n\t)")
	left := maxRevived
	args := &literal{text: rest, left: &left}
	values, err := args.list('(', ')')
	if err != nil {
		return ""
	}
	p := &literal{text: body, names: map[string]any{}, left: &left}
	for i, name := range strings.Split(text[m[2]:m[3]], ",") {
		if i < len(values) {
			p.names[strings.TrimSpace(name)] = values[i]
		}
	}
	v, err := p.function()
	if err != nil {
		return ""
	}
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(out)
}

// closing is the place of the brace that closes a block which has begun; -1
// when none does. Braces in strings do not count.
func closing(text string) int {
	depth := 1
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\'':
			for i++; i < len(text) && text[i] != c; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// literal reads values as JavaScript writes them, and nothing that would have
// to be run.
type literal struct {
	text  string
	at    int
	names map[string]any // values of names
	// left is how many values may still be put together: a name that stands for
	// a large one costs it each time.
	left *int
}

var errLiteral = errors.New("not a literal")

// function reads the body of a function that sets parts of its parameters and
// returns a value.
func (p *literal) function() (any, error) {
	for {
		word := p.word()
		if word == "return" {
			return p.value(0)
		}
		target, known := p.names[word]
		if !known {
			return nil, errLiteral
		}
		if err := p.assign(target); err != nil {
			return nil, err
		}
		if !p.eat(';') && !p.eat(',') {
			return nil, errLiteral
		}
	}
}

// assign reads ".key=value", "[0]=value" or '["key"]=value' and sets that part.
func (p *literal) assign(target any) error {
	var key any
	switch {
	case p.eat('.'):
		key = p.word()
	case p.eat('['):
		var err error
		if key, err = p.value(0); err != nil || !p.eat(']') {
			return errLiteral
		}
	}
	if !p.eat('=') {
		return errLiteral
	}
	v, err := p.value(0)
	if err != nil {
		return err
	}
	switch t := target.(type) {
	case map[string]any:
		if name, ok := key.(string); ok {
			t[name] = v
			return nil
		}
	case []any:
		if i, ok := key.(float64); ok && i >= 0 && i < float64(len(t)) {
			t[int(i)] = v
			return nil
		}
	}
	return errLiteral
}

// value reads one value.
func (p *literal) value(depth int) (any, error) {
	if *p.left--; *p.left < 0 || depth > 2*maxState {
		return nil, errLiteral
	}
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		return p.quoted()
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.listAt('[', ']', depth)
	case c == '-' || c == '.' || c >= '0' && c <= '9':
		return p.number()
	case p.eat('!'):
		n, err := p.value(depth + 1)
		return n == 0.0, err
	}
	return p.named(depth)
}

// named reads what a word stands for.
func (p *literal) named(depth int) (any, error) {
	switch word := p.word(); word {
	case "null", "undefined", "NaN", "Infinity":
		return nil, nil
	case "true", "false":
		return word == "true", nil
	case "void":
		_, err := p.value(depth + 1)
		return nil, err
	case "Array":
		n, err := p.list('(', ')')
		if size, ok := first(n).(float64); err == nil && ok && size >= 0 && size < maxRevived {
			*p.left -= int(size)
			return make([]any, int(size)), nil
		}
		return nil, errLiteral
	case "new": // Date(0)
		p.word()
		all, err := p.list('(', ')')
		return first(all), err
	default:
		v, known := p.names[word]
		if !known || !p.afford(v, 0) {
			return nil, errLiteral
		}
		return v, nil
	}
}

// first is the first of some values, or none.
func first(all []any) any {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// afford takes the parts of a value off what is left. One that holds itself
// cannot be afforded.
func (p *literal) afford(v any, depth int) bool {
	if *p.left--; *p.left < 0 || depth > 2*maxState {
		return false
	}
	switch t := v.(type) {
	case map[string]any:
		for _, x := range t {
			if !p.afford(x, depth+1) {
				return false
			}
		}
	case []any:
		for _, x := range t {
			if !p.afford(x, depth+1) {
				return false
			}
		}
	}
	return true
}

func (p *literal) object(depth int) (any, error) {
	p.eat('{')
	out := map[string]any{}
	for !p.eat('}') {
		key := ""
		if c := p.peek(); c == '"' || c == '\'' {
			s, err := p.quoted()
			if err != nil {
				return nil, err
			}
			key = s.(string)
		} else {
			key = p.word()
		}
		if key == "" || !p.eat(':') {
			return nil, errLiteral
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out[key] = v
		if !p.eat(',') && p.peek() != '}' {
			return nil, errLiteral
		}
	}
	return out, nil
}

// list reads values between brackets.
func (p *literal) list(open, end byte) ([]any, error) {
	v, err := p.listAt(open, end, 0)
	all, _ := v.([]any) // nil with an error
	return all, err
}

func (p *literal) listAt(open, end byte, depth int) (any, error) {
	if !p.eat(open) {
		return nil, errLiteral
	}
	out := []any{}
	for !p.eat(end) {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		if !p.eat(',') && p.peek() != end {
			return nil, errLiteral
		}
	}
	return out, nil
}

func (p *literal) number() (any, error) {
	from := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.eE0123456789", p.text[p.at]) >= 0 {
		p.at++
	}
	n, err := strconv.ParseFloat(p.text[from:p.at], 64)
	if err != nil {
		return nil, errLiteral
	}
	return n, nil
}

// quoted reads a string.
func (p *literal) quoted() (any, error) {
	quote := p.text[p.at]
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; c {
		case quote:
			p.at++
			return b.String(), nil
		case '\\':
			if p.at++; p.at < len(p.text) {
				p.escaped(&b)
			}
		default:
			b.WriteByte(c)
		}
	}
	return nil, errLiteral
}

// escapes are the letters that stand for control characters.
var escapes = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', 'v': '\v'}

// escaped reads what stands after a backslash.
func (p *literal) escaped(b *strings.Builder) {
	c := p.text[p.at]
	switch {
	case c == 'u' || c == 'x':
		if r, ok := p.code(c); ok {
			b.WriteRune(r)
		}
	case escapes[c] != 0:
		b.WriteByte(escapes[c])
	default:
		b.WriteByte(c)
	}
}

// code reads the number of a character, as two surrogates where it has such.
func (p *literal) code(kind byte) (rune, bool) {
	digits := map[byte]int{'u': 4, 'x': 2}[kind]
	if p.at+digits >= len(p.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(p.text[p.at+1:p.at+1+digits], 16, 32)
	if err != nil {
		return 0, false
	}
	p.at += digits
	r := rune(n)
	if rest := p.text[p.at+1:]; utf16.IsSurrogate(r) && len(rest) >= 6 && rest[:2] == `\u` {
		if low, err := strconv.ParseUint(rest[2:6], 16, 32); err == nil {
			p.at += 6
			r = utf16.DecodeRune(r, rune(low))
		}
	}
	if utf16.IsSurrogate(r) {
		r = utf8.RuneError
	}
	return r, true
}

// word reads a name.
func (p *literal) word() string {
	p.peek()
	from := p.at
	for p.at < len(p.text) {
		c := p.text[p.at]
		if c != '_' && c != '$' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		p.at++
	}
	return p.text[from:p.at]
}

// peek is the next byte after spaces; 0 at the end.
func (p *literal) peek() byte {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// eat takes the next byte when it is c.
func (p *literal) eat(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}
