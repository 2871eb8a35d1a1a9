package com.fleetman.description;

import com.fleetman.description.Facts.Asked;
import com.fleetman.description.Facts.Call;
import com.fleetman.description.Facts.Raised;
import com.fleetman.description.Facts.Sent;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Goes through all methods once and notes what each does. */
final class MethodReader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Map<String, Integer> PROBLEMS = Map.of(
            "badRequest", 400,
            "unauthorized", 401,
            "forbidden", 403,
            "notFound", 404,
            "conflict", 409,
            "tooManyRequests", 429,
            "unavailable", 503);
    private static final Map<String, Integer> ANSWERS =
            Map.of("created", 201, "accepted", 202, "noContent", 204, "notModified", 304, "ok", 200);

    private static final Pattern ABSENCE = Pattern.compile("\\(?(\\w+(?:\\(\\))?) == null\\)?");

    private final Sources sources;
    private final Constants constants;
    private final Map<Element, Facts> facts;
    private Facts current = new Facts();
    private int conditions;
    private int otherThanAbsence;
    private Set<String> absent = new HashSet<>();

    MethodReader(Sources sources, Map<Element, Facts> facts) {
        this.sources = sources;
        this.constants = new Constants(sources);
        this.facts = facts;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
        Facts outer = current;
        int outerConditions = conditions;
        int outerOthers = otherThanAbsence;
        Set<String> outerAbsent = absent;
        Element method = sources.trees().getElement(getCurrentPath());
        current = new Facts();
        conditions = 0;
        otherThanAbsence = 0;
        absent = new HashSet<>();
        facts.put(method, current);
        super.visitMethod(tree, null);
        current = outer;
        conditions = outerConditions;
        otherThanAbsence = outerOthers;
        absent = outerAbsent;
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        constants.declare(sources.trees().getElement(getCurrentPath()), tree, getCurrentPath());
        return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
        ExpressionTree value = tree.getExpression();
        if (value != null) {
            current.returned = constants.text(value, getCurrentPath());
        }
        return super.visitReturn(tree, null);
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, @Nullable Void unused) {
        scan(tree.getCondition(), null);
        Matcher absence = ABSENCE.matcher(tree.getCondition().toString());
        int others = absence.matches() ? 0 : 1;
        conditions++;
        otherThanAbsence += others;
        scan(tree.getThenStatement(), null);
        scan(tree.getElseStatement(), null);
        otherThanAbsence -= others;
        conditions--;
        if (others == 0 && tree.getThenStatement().toString().matches("(?s)\\{\\s*return\\b[^;]*;\\s*\\}")) {
            absent.add(absence.group(1));
        }
        return null;
    }

    /** Whether one of them is only asked for what was sent, or has something in the place of what was not. */
    private boolean mayBeAbsent(List<? extends ExpressionTree> arguments) {
        return arguments.stream()
                .anyMatch(argument -> absent.contains(argument.toString())
                        || (argument instanceof ConditionalExpressionTree choice
                                && choice.getTrueExpression().getKind() != Tree.Kind.NULL_LITERAL
                                && ABSENCE.matcher(choice.getCondition().toString())
                                        .matches()));
    }

    @Override
    public @Nullable Void visitConditionalExpression(ConditionalExpressionTree tree, @Nullable Void unused) {
        scan(tree.getCondition(), null);
        conditions++;
        scan(tree.getTrueExpression(), null);
        scan(tree.getFalseExpression(), null);
        conditions--;
        return null;
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
        if (sources.trees().getElement(getCurrentPath()) instanceof ExecutableElement called) {
            current.calls.add(new Call(called, List.of(), List.of(), true));
        }
        return super.visitMemberReference(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
        if (tree.toString().endsWith("Status.CREATED")) {
            current.statuses.add(201);
        }
        if (tree.toString().endsWith("HttpHeaders.ETAG")) {
            current.headers.add("ETag");
        }
        return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
        note(tree.getArguments());
        return super.visitNewClass(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
        note(tree.getArguments());
        return super.visitMethodInvocation(tree, null);
    }

    private void note(List<? extends ExpressionTree> arguments) {
        if (!(sources.trees().getElement(getCurrentPath()) instanceof ExecutableElement called)) {
            return;
        }
        List<String> texts = arguments.stream()
                .map(argument -> constants.text(argument, getCurrentPath()))
                .toList();
        Element owner = Objects.requireNonNull(called.getEnclosingElement());
        String type = arguments.isEmpty() ? "" : owner.getSimpleName().toString();
        String name = called.getSimpleName().toString();
        switch (type) {
            case "Problem" -> problem(name, arguments, texts);
            case "Refused" -> {
                if (owner.toString().equals("com.fleetman.platform.Json.Refused")) {
                    raise(400, arguments.get(0));
                }
            }
            case "Fields" -> field(name, arguments, texts);
            case "Response" -> response(name, arguments);
            case "Ids" -> {
                if (name.equals("parse")) {
                    current.rules.add(new Asked(texts.get(0), Rule.UUID));
                }
            }
            case "Answer" -> answer(arguments.get(0), texts.get(0));
            case "EntityTags" -> {
                if (name.equals("sent")) {
                    current.headers.add(texts.get(1));
                }
            }
            case "JsonBody" -> {
                if (name.equals("optional")) {
                    current.optionalBody = classOf(arguments.get(1));
                }
            }
            case "Frame" -> event(arguments, texts);
            default -> status(called, arguments, texts);
        }
        if (!type.equals("Fields") || name.equals("check")) {
            enumOf(arguments, texts);
            List<TypeMirror> types = arguments.stream()
                    .map(argument -> type(argument).orElse(owner.asType()))
                    .toList();
            current.calls.add(new Call(called, texts, types, conditions > 0 || mayBeAbsent(arguments)));
        }
    }

    private void problem(String name, List<? extends ExpressionTree> arguments, List<String> texts) {
        Integer status = PROBLEMS.get(name);
        if (status != null) {
            raise(status, arguments.get(0));
        } else if (name.equals("of") && texts.size() == 3) {
            raise(constants.number(texts.get(0)), arguments.get(1));
        } else if (name.equals("invalid")) {
            current.problems.add(new Raised(400, "validation_failed"));
        }
    }

    private void raise(int status, ExpressionTree code) {
        if (status >= 400) {
            constants.texts(code, getCurrentPath()).forEach(text -> current.problems.add(new Raised(status, text)));
        }
    }

    private void field(String name, List<? extends ExpressionTree> arguments, List<String> texts) {
        if (arguments.size() < 2) {
            return;
        }
        boolean conditional = conditions > 0 || mayBeAbsent(arguments.subList(1, 2));
        Rule rule = switch (name) {
            case "text", "trimmed" ->
                Rule.REQUIRED.under(conditional).atMost(constants.number(texts.get(texts.size() - 1)));
            case "optional" -> Rule.OPTIONAL.atMost(constants.number(texts.get(2)));
            case "oneOf" -> chosen(arguments, conditional);
            // It may well stand under a condition, which is the field's absence.
            case "reject" ->
                constants.texts(arguments.get(1), getCurrentPath()).contains("required")
                        ? Rule.REQUIRED.under(otherThanAbsence > 0)
                        : Rule.OPTIONAL;
            default -> Rule.OPTIONAL;
        };
        current.rules.add(new Asked(texts.get(0), rule));
    }

    private Rule chosen(List<? extends ExpressionTree> arguments, boolean conditional) {
        TypeMirror type = classOf(arguments.get(2));
        if (type != null) {
            boolean required = arguments.get(3).getKind() == Tree.Kind.NULL_LITERAL;
            return (required ? Rule.REQUIRED.under(conditional) : Rule.OPTIONAL).of(type);
        }
        return Rule.OPTIONAL.of(constants.list(arguments.get(2), getCurrentPath()));
    }

    /** Whatever takes a field's name and an enum's class checks that the one is of the other. */
    private void enumOf(List<? extends ExpressionTree> arguments, List<String> texts) {
        for (int i = 2; i < arguments.size(); i++) {
            TypeMirror type = classOf(arguments.get(i));
            if (type != null
                    && type(arguments.get(0)).map(Object::toString).orElse("").endsWith(".Fields")) {
                current.rules.add(new Asked(texts.get(1), Rule.OPTIONAL.of(type)));
            }
        }
    }

    private void answer(ExpressionTree data, String text) {
        Optional<TypeMirror> type = type(data);
        if (text.startsWith("{") && type.map(Object::toString).orElse("").equals("java.lang.Object")) {
            current.answeredParameter = constants.number(text.substring(1, text.length() - 1));
        } else {
            type.ifPresent(current.answers::add);
        }
    }

    private void response(String name, List<? extends ExpressionTree> arguments) {
        Integer status = ANSWERS.get(name);
        if (status != null) {
            current.statuses.add(status);
        } else if (name.equals("status")) {
            numbers(arguments.get(0)).forEach(current.statuses::add);
        }
    }

    private List<Integer> numbers(ExpressionTree expression) {
        return constants.texts(expression, getCurrentPath()).stream()
                .map(constants::number)
                .filter(number -> number > 0)
                .toList();
    }

    /** A method of a class's own that is given the status of its answer, or also the code of its problem. */
    private void status(ExecutableElement called, List<? extends ExpressionTree> arguments, List<String> texts) {
        List<String> names = called.getParameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .toList();
        int at = names.indexOf("status");
        if (at < 0 || names.size() != texts.size()) {
            return;
        }
        for (int number : numbers(arguments.get(at))) {
            if (number >= 200 && number < 300) {
                current.statuses.add(number);
            } else if (number >= 400 && names.contains("code")) {
                current.problems.add(new Raised(number, texts.get(names.indexOf("code"))));
            }
        }
    }

    /** A frame is made of its event's name and the JSON of a record. */
    private void event(List<? extends ExpressionTree> arguments, List<String> texts) {
        for (int i = 1; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof MethodInvocationTree json
                    && json.getMethodSelect().toString().endsWith("Json.write")) {
                String name = texts.get(i - 1);
                type(json.getArguments().get(0), new TreePath(getCurrentPath(), json))
                        .ifPresent(data -> current.events.add(new Sent(name, data)));
            }
        }
    }

    private Optional<TypeMirror> type(ExpressionTree expression) {
        return type(expression, getCurrentPath());
    }

    private Optional<TypeMirror> type(ExpressionTree expression, TreePath parent) {
        return Optional.ofNullable(sources.trees().getTypeMirror(new TreePath(parent, expression)));
    }

    /** What {@code X.class} stands for; null if the expression is none. */
    private @Nullable TypeMirror classOf(ExpressionTree expression) {
        if (expression instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("class")) {
            return type(expression)
                    .map(type -> ((DeclaredType) type).getTypeArguments().get(0))
                    .orElse(null);
        }
        return null;
    }
}
