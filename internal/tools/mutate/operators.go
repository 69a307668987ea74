package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// condition makes a condition true and false.
func (f *finder) condition(cond ast.Expr) {
	f.always(true, cond)
	f.always(false, cond)
}

func (f *finder) always(value bool, conditions ...ast.Expr) {
	suffix := map[bool]string{true: ") || %m)", false: ") && !%m)"}[value]
	for _, cond := range conditions {
		text, _ := f.text(cond)
		f.add(cond, "((", suffix, fmt.Sprintf("always %t: %s", value, short(text)))
	}
}

// cases does the same with the conditions of a switch without a value.
func (f *finder) cases(s *ast.SwitchStmt) {
	if s.Tag != nil {
		return
	}
	for _, clause := range s.Body.List {
		for _, cond := range clause.(*ast.CaseClause).List { // the parser puts nothing else there
			f.condition(cond)
		}
	}
}

var swapped = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

// binary swaps comparisons and ignores operands of && and ||.
func (f *finder) binary(e *ast.BinaryExpr) {
	text, resume := f.text(e)
	switch e.Op {
	case token.LAND:
		f.always(true, e.X, e.Y)
	case token.LOR:
		f.always(false, e.X, e.Y)
	default:
		other, ok := swapped[e.Op]
		if !ok {
			return
		}
		x, _ := f.text(e.X)
		y, _ := f.text(e.Y)
		f.add(e, "(%m && ("+x+" "+other.String()+" "+y+") || !%m && ("+resume, "))",
			other.String()+" instead: "+short(text))
	}
}

// dropped leaves statements out, one by one.
func (f *finder) dropped(list []ast.Stmt) {
	for _, stmt := range list {
		switch s := stmt.(type) {
		case *ast.ExprStmt:
			if f.isIgnored(s) {
				continue
			}
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || isBlank(s.Lhs) {
				continue
			}
		case *ast.IncDecStmt, *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
		case *ast.BranchStmt:
			if s.Tok != token.CONTINUE && s.Tok != token.BREAK {
				continue
			}
		default:
			continue
		}
		text, _ := f.text(stmt)
		f.add(stmt, "if !%m { ", " }", "dropped: "+short(text))
	}
}

// isIgnored is true for a line of a log, and for a panic, which ends a function.
func (f *finder) isIgnored(s *ast.ExprStmt) bool {
	text, _ := f.text(s)
	return strings.HasPrefix(text, "tflog.") || strings.HasPrefix(text, "panic(")
}

func isBlank(list []ast.Expr) bool {
	for _, e := range list {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}

// returned loses an error, and turns true and false round.
func (f *finder) returned(s *ast.ReturnStmt, returnsError bool) {
	f.constants(s.Results)
	if !returnsError || len(s.Results) == 0 {
		return
	}
	last := s.Results[len(s.Results)-1]
	text, _ := f.text(last)
	if text == "nil" {
		return
	}
	var results []string
	for _, r := range s.Results[:len(s.Results)-1] {
		result, _ := f.text(r)
		results = append(results, result)
	}
	lost := strings.Join(append(results, "nil"), ", ")
	_, resume := f.text(s)
	f.add(s, "if %m { return "+lost+" }; "+resume, "", "error lost: return "+short(text))
}

// constants turns true and false round.
func (f *finder) constants(list []ast.Expr) {
	for _, e := range list {
		if id, ok := e.(*ast.Ident); ok && (id.Name == "true" || id.Name == "false") {
			f.add(id, "(", " != %m)", "the opposite of "+id.Name)
		}
	}
}

// short is the first line of a source text, within a limit.
func short(text string) string {
	const most = 70
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
