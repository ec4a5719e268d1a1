//go:build bootstrap

package lint

// builtinLexer is made of the concept files, so that what is compiled from them
// can be made without what was compiled before.
var builtinLexer lexer
