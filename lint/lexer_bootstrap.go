//go:build bootstrap

package lint

// They are made of the concept files, so that what is compiled from those can be
// made without what was compiled before.
var builtinLexer, builtinSecondLexer lexer
