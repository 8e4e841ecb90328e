package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/spf13/pflag"
)

const (
	// maxConfigBytes is a hundred times a file that lists every outlet of the
	// country; a bigger one is a mistake, such as a data file named by error.
	maxConfigBytes = 1 << 20
	// maxConfigTokens and maxConfigDepth keep the parser, which takes time
	// with the square of keys and of nesting, below a second on any file.
	maxConfigTokens = 30_000
	maxConfigDepth  = 16
)

// config is a parsed configuration file and what is wrong with it.
type config struct {
	path       string
	root       *ast.MappingNode // nil when the file is empty
	complaints []complaint
}

// complaint is one thing wrong with a configuration file. Line and column
// count from 1.
type complaint struct {
	line, column int
	text         string
}

// readConfig reads and parses a configuration file. The error is
// fs.ErrNotExist when there is none.
func readConfig(path string) (*config, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &usageError{fmt.Errorf("read configuration: %w", err)}
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfigBytes+1))
	if err != nil {
		return nil, &usageError{fmt.Errorf("read configuration %s: %w", path, err)}
	}
	if len(text) > maxConfigBytes {
		return nil, usagef("%s: a configuration has at most %d bytes; is this the right file?", path, maxConfigBytes)
	}
	return parseConfig(path, text)
}

// parseConfig parses the text of a configuration file.
func parseConfig(path string, text []byte) (*config, error) {
	c := &config{path: path}
	if !isText(text) {
		return nil, usagef("%s: not a text file in UTF-8", path)
	}
	tokens := lexer.Tokenize(string(text))
	if c.checkTokens(tokens); len(c.complaints) > 0 {
		return nil, c.err()
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, usagef("%s:%s", path, yamlMessage(err))
	}
	if len(file.Docs) > 1 {
		c.complain(file.Docs[1].Start, "one document only; remove the line ---")
	}
	if len(file.Docs) == 1 && file.Docs[0].Body != nil {
		c.root = c.mapping("the file", file.Docs[0].Body)
	}
	return c, nil
}

// isText says whether a file can be YAML at all: UTF-8 without NUL.
func isText(b []byte) bool {
	return bytes.IndexByte(b, 0) < 0 && strings.ToValidUTF8(string(b), "") == string(b)
}

// checkTokens refuses what the file has no use for, before the parser sees
// it: anchors and aliases (which can multiply without bound), tags, and deep
// nesting.
func (c *config) checkTokens(tokens token.Tokens) {
	if len(tokens) > maxConfigTokens {
		c.complain(tokens[maxConfigTokens], "too long: a configuration has at most %d words and marks", maxConfigTokens)
		return
	}
	depth, line, dashes := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			c.complain(t, "anchors, aliases and merge keys are not supported; write the value out")
			return
		case token.TagType, token.DirectiveType, token.MappingKeyType:
			c.complain(t, "tags, directives and complex keys are not supported")
			return
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType:
			if t.Position.Line != line {
				line, dashes = t.Position.Line, 0
			}
			dashes++
		}
		if max(depth, dashes, t.Position.IndentNum/2) > maxConfigDepth {
			c.complain(t, "nested too deeply")
			return
		}
	}
}

// yamlMessage shortens the parser's error, "[2:1] what\n excerpt", to
// "2:1: what".
func yamlMessage(err error) string {
	message, _, _ := strings.Cut(err.Error(), "\n")
	if at, what, ok := strings.Cut(message, "] "); ok && strings.HasPrefix(at, "[") {
		return at[1:] + ": " + what
	}
	return " " + message
}

// apply sets the flags by key, except those already set, and returns the
// sources. What is wrong is kept for err.
func (c *config) apply(known map[string][]*pflag.Flag) []source {
	if c.root == nil {
		return nil
	}
	var sources []source
	allowed := append(slices.Sorted(maps.Keys(known)), "sources", "known")
	c.each("", c.root, func(path string, at *token.Token, value ast.Node) {
		switch {
		case path == "sources":
			sources = append(c.sources(value), sources...)
		case path == "known":
			sources = append(sources, c.known(value)...)
		case known[path] != nil:
			c.set(path, value, known[path])
		case hasSection(allowed, path):
			c.section(path, value, known, allowed)
		default:
			c.unknown(path, at, allowed)
		}
	})
	return withoutTwins(sources)
}

// section applies the keys below path, such as those of "crawler".
func (c *config) section(path string, node ast.Node, known map[string][]*pflag.Flag, allowed []string) {
	if _, null := node.(*ast.NullNode); null {
		return
	}
	m := c.mapping(path, node)
	if m == nil {
		return
	}
	c.each(path+".", m, func(full string, at *token.Token, value ast.Node) {
		switch {
		case known[full] != nil:
			c.set(full, value, known[full])
		case hasSection(allowed, full):
			c.section(full, value, known, allowed)
		default:
			c.unknown(full, at, allowed)
		}
	})
}

// each calls fn for every entry of a mapping with its full key.
func (c *config) each(prefix string, m *ast.MappingNode, fn func(path string, at *token.Token, value ast.Node)) {
	for _, entry := range m.Values {
		at := entry.Key.GetToken()
		fn(prefix+at.Value, at, entry.Value)
	}
}

// hasSection says whether one of the keys lies below path.
func hasSection(keys []string, path string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, path+".") })
}

// unknown complains about a key and names the nearest known one: of the same
// section, or of another, when only the section is missing.
func (c *config) unknown(path string, at *token.Token, allowed []string) {
	candidates := slices.Clone(allowed)
	for _, k := range allowed {
		section, _, _ := strings.Cut(k, ".")
		candidates = append(candidates, section)
	}
	hint := didYouMean(path, candidates)
	if hint == "" {
		for _, k := range allowed {
			if _, last, ok := strings.Cut(k, "."); ok && distance(at.Value, last, 1) <= 1 {
				hint = "; did you mean " + k + "?"
				break
			}
		}
	}
	c.complain(at, "unknown key %s%s", path, hint)
}

// set gives the flags of one key the value of a node. A null leaves them at
// their defaults.
func (c *config) set(path string, node ast.Node, flags []*pflag.Flag) {
	if _, null := node.(*ast.NullNode); null {
		return
	}
	values, ok := c.values(path, node, flags[0])
	if !ok {
		return
	}
	for _, f := range flags {
		if f.Changed {
			continue
		}
		if err := setValues(f, values); err != nil {
			c.complain(node.GetToken(), "%s: %v", path, rootCause(err))
			return
		}
	}
}

// setValues sets one flag to one value, or a list's to all.
func setValues(f *pflag.Flag, values []string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(values)
	}
	return f.Value.Set(values[0])
}

// values are the scalars of a node: several for a list, one otherwise.
func (c *config) values(path string, node ast.Node, f *pflag.Flag) ([]string, bool) {
	_, list := f.Value.(pflag.SliceValue)
	seq, isSeq := node.(*ast.SequenceNode)
	if isSeq && !list {
		c.complain(node.GetToken(), "%s: want one value, got a list", path)
		return nil, false
	}
	nodes := []ast.Node{node}
	if isSeq {
		nodes = seq.Values
	}
	out := make([]string, 0, len(nodes))
	for _, n := range nodes {
		s, ok := scalar(n)
		_, isBool := n.(*ast.BoolNode)
		switch wantBool := f.Value.Type() == "bool"; {
		case !ok:
			c.complain(n.GetToken(), "%s: want a plain value", path)
			return nil, false
		case wantBool && !isBool:
			c.complain(n.GetToken(), "%s: want true or false, got %.40q", path, s)
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// truth is the node as true or false; false after a complaint.
func (c *config) truth(path string, node ast.Node) bool {
	b, ok := node.(*ast.BoolNode)
	if !ok {
		c.complain(node.GetToken(), "%s: want true or false", path)
	}
	return ok && b.Value
}

// scalar is the text of a node that is a single value.
func scalar(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return node.GetToken().Value, true
	default:
		return "", false
	}
}

// mapping is the node as one, or nil after a complaint.
func (c *config) mapping(what string, node ast.Node) *ast.MappingNode {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n
	case *ast.MappingValueNode:
		return &ast.MappingNode{BaseNode: n.BaseNode, Values: []*ast.MappingValueNode{n}}
	default:
		c.complain(node.GetToken(), "%s: want keys with values (key: value)", what)
		return nil
	}
}

// complain records what is wrong at a token.
func (c *config) complain(at *token.Token, format string, args ...any) {
	k := complaint{line: 1, column: 1, text: fmt.Sprintf(format, args...)}
	if at != nil && at.Position != nil {
		k.line, k.column = at.Position.Line, at.Position.Column
	}
	c.complaints = append(c.complaints, k)
}

// err is all complaints, sorted, one a line, or nil.
func (c *config) err() error {
	if len(c.complaints) == 0 {
		return nil
	}
	slices.SortStableFunc(c.complaints, func(a, b complaint) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	lines := make([]string, len(c.complaints))
	for i, k := range c.complaints {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", c.path, k.line, k.column, k.text)
	}
	return usagef("%s", strings.Join(lines, "\n"))
}
