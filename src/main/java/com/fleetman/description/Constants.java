package com.fleetman.description;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** What can be said of an expression's value without running it. */
final class Constants {
    private static final String UNKNOWN = "*";

    private final Sources sources;
    private final Map<Element, Declared> variables = new HashMap<>();

    private record Declared(ExpressionTree value, TreePath path) {}

    Constants(Sources sources) {
        this.sources = sources;
    }

    void declare(@Nullable Element variable, VariableTree tree, TreePath path) {
        ExpressionTree value = tree.getInitializer();
        if (variable != null && value != null) {
            variables.put(variable, new Declared(value, path));
        }
    }

    /** The value as text: {@code {0}} stands for the method's first parameter, and {@code *} for what is not known. */
    String text(ExpressionTree expression, TreePath parent) {
        if (expression instanceof LiteralTree literal) {
            return String.valueOf(literal.getValue());
        }
        if (expression instanceof ParenthesizedTree inner) {
            return text(inner.getExpression(), parent);
        }
        if (expression instanceof BinaryTree sum && expression.getKind() == Tree.Kind.PLUS) {
            return text(sum.getLeftOperand(), parent) + text(sum.getRightOperand(), parent);
        }
        Element element = sources.trees().getElement(new TreePath(parent, expression));
        if (!(element instanceof VariableElement variable)) {
            return UNKNOWN;
        }
        if (variable.getConstantValue() != null) {
            return String.valueOf(variable.getConstantValue());
        }
        if (variable.getKind() == ElementKind.PARAMETER
                && variable.getEnclosingElement() instanceof ExecutableElement method) {
            int index = method.getParameters().indexOf(variable);
            return index < 0 ? UNKNOWN : "{" + index + "}";
        }
        Declared declared = variables.get(element);
        // A number that is counted is not what it began with.
        return declared == null || !variable.asType().toString().equals("java.lang.String")
                ? UNKNOWN
                : text(declared.value(), declared.path());
    }

    /** All values that it may have, as far as they are known. */
    List<String> texts(ExpressionTree expression, TreePath parent) {
        if (expression instanceof ParenthesizedTree inner) {
            return texts(inner.getExpression(), parent);
        }
        if (expression instanceof ConditionalExpressionTree either) {
            return Stream.of(either.getTrueExpression(), either.getFalseExpression())
                    .flatMap(branch -> texts(branch, parent).stream())
                    .toList();
        }
        String text = text(expression, parent);
        return text.contains(UNKNOWN) || text.contains("{") ? List.of() : List.of(text);
    }

    /** The texts of a {@code List.of(...)}, said there or where the variable is declared; else none. */
    List<String> list(ExpressionTree expression, TreePath parent) {
        if (expression instanceof MethodInvocationTree call
                && call.getMethodSelect().toString().matches("(List|Set)\\.of")) {
            return call.getArguments().stream()
                    .flatMap(argument -> texts(argument, parent).stream())
                    .toList();
        }
        if (expression instanceof MethodInvocationTree call
                && call.getMethodSelect().toString().endsWith(".keySet")
                && call.getMethodSelect() instanceof com.sun.source.tree.MemberSelectTree select) {
            return keys(select.getExpression(), parent);
        }
        Declared declared = variables.get(sources.trees().getElement(new TreePath(parent, expression)));
        return declared == null ? List.of() : list(declared.value(), declared.path());
    }

    /** The keys of a {@code Map.of(...)} of texts. */
    private List<String> keys(ExpressionTree expression, TreePath parent) {
        Declared declared = variables.get(sources.trees().getElement(new TreePath(parent, expression)));
        if (declared == null
                || !(declared.value() instanceof MethodInvocationTree call)
                || !call.getMethodSelect().toString().equals("Map.of")) {
            return List.of();
        }
        var keys = new java.util.ArrayList<String>();
        for (int i = 0; i < call.getArguments().size(); i += 2) {
            keys.addAll(texts(call.getArguments().get(i), declared.path()));
        }
        return keys;
    }

    /** The number that the text is; 0 if it is none. */
    int number(String text) {
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
