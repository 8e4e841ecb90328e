package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// entry is a source as one line of YAML.
func entry(s source) string {
	rest := ""
	if s.region != "" {
		rest = ", region: " + strconv.Quote(s.region)
	}
	if s.insecureTLS {
		rest += ", insecure_tls: true"
	}
	name := s.name
	if _, err := strconv.ParseFloat(name, 64); err == nil || strings.Trim(strings.ToLower(name), "0123456789._ex") == "" {
		name = strconv.Quote(name) // else YAML takes it for a number
	}
	return fmt.Sprintf("{name: %s, url: %s%s}", name, strconv.Quote(s.url), rest)
}

// addEntry puts a source at the end of the list of sources of a configuration
// file. All other bytes stay. A file it cannot be put into in that way is left
// to its owner.
func addEntry(path string, text []byte, s source) ([]byte, error) {
	c, err := parseConfig(path, text)
	if err != nil {
		return nil, err
	}
	before := len(c.entries())
	lines := strings.SplitAfter(string(text), "\n")
	out := []byte(strings.Join(c.insert(lines, entry(s)), ""))
	again, err := parseConfig(path, out)
	if err == nil {
		all := again.entries()
		if len(all) == before+1 && len(again.complaints) == 0 && all[before].name == s.name && all[before].url == s.url && all[before].region == s.region {
			return out, nil
		}
	}
	return nil, fmt.Errorf("the layout of %s does not let an entry be added safely; add it by hand under sources:\n  - %s", path, entry(s))
}

// list is the value of the key "sources" and the line of the next key of the
// file, 0 when there is none. ok is false when the file has no such key.
func (c *config) list() (key *ast.MappingValueNode, next int, ok bool) {
	if c.root == nil {
		return nil, 0, false
	}
	i := slices.IndexFunc(c.root.Values, func(v *ast.MappingValueNode) bool { return v.Key.GetToken().Value == "sources" })
	if i < 0 {
		return nil, 0, false
	}
	if i+1 < len(c.root.Values) {
		next = c.root.Values[i+1].Key.GetToken().Position.Line
	}
	return c.root.Values[i], next, true
}

// entries are the sources that the file lists itself.
func (c *config) entries() []source {
	key, _, ok := c.list()
	if !ok {
		return nil
	}
	return c.sources(key.Value)
}

// insert puts an entry into the lines of the file, each with its end.
func (c *config) insert(lines []string, entry string) []string {
	end := "\n"
	if strings.HasSuffix(lines[0], "\r\n") {
		end = "\r\n"
	}
	key, next, ok := c.list()
	if seq, isSeq := valueAs[*ast.SequenceNode](key); isSeq && seq.IsFlowStyle {
		return intoFlow(lines, seq, entry)
	}
	at := len(lines)
	if next > 0 {
		at = next - 1
	}
	for at > 0 && isBlank(lines[at-1]) {
		at--
	}
	if at > 0 && !strings.HasSuffix(lines[at-1], "\n") {
		lines[at-1] += end
	}
	if !ok {
		return slices.Insert(lines, at, "sources:"+end+"  - "+entry+end)
	}
	indent := 2
	if seq, isSeq := valueAs[*ast.SequenceNode](key); isSeq {
		indent = seq.Start.Position.Column - 1
	}
	return slices.Insert(lines, at, strings.Repeat(" ", indent)+"- "+entry+end)
}

// valueAs is the value of a key, when it has one of that type.
func valueAs[T ast.Node](key *ast.MappingValueNode) (v T, ok bool) {
	if key == nil {
		return v, false
	}
	v, ok = key.Value.(T)
	return v, ok
}

// isBlank reports whether a line holds no YAML but perhaps a comment.
func isBlank(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// intoFlow puts an entry before the bracket that closes a list, [a, b].
func intoFlow(lines []string, seq *ast.SequenceNode, entry string) []string {
	line, column := seq.End.Position.Line-1, seq.End.Position.Column-1
	if line < 0 || line >= len(lines) {
		return lines // refused by the caller, since nothing was added
	}
	runes := []rune(lines[line])
	if column < 0 || column >= len(runes) || runes[column] != ']' {
		return lines
	}
	before := string(runes[:column])
	if trimmed := bytes.TrimSpace([]byte(strings.Join(lines[:line], "") + before)); len(seq.Values) > 0 && !bytes.HasSuffix(trimmed, []byte(",")) {
		entry = ", " + entry
	}
	lines[line] = before + entry + string(runes[column:])
	return lines
}
