package com.fleetman.description;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** All sources of the application as the compiler sees them: types, trees and comments. */
final class Sources implements AutoCloseable {
    private final StandardJavaFileManager files;
    private final List<CompilationUnitTree> units;
    private final List<TypeElement> declared = new ArrayList<>();
    private final DocTrees trees;
    private final Types types;

    private Sources(StandardJavaFileManager files, JavacTask task) throws IOException {
        this.files = files;
        this.trees = DocTrees.instance(task);
        this.types = task.getTypes();
        this.units = new ArrayList<>();
        task.parse().forEach(units::add);
        for (Element element : task.analyze()) {
            if (element instanceof TypeElement type) {
                declared.add(type);
            }
        }
        declared.sort(Comparator.comparing(type -> type.getQualifiedName().toString()));
    }

    static Sources read(Path directory, String classPath) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> sources = tree.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .sorted()
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    told -> {},
                    List.of("-proc:none", "-classpath", classPath),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
            return new Sources(files, task);
        }
    }

    List<CompilationUnitTree> units() {
        return units;
    }

    DocTrees trees() {
        return trees;
    }

    Types types() {
        return types;
    }

    /** All types, nested ones too, by name. */
    List<TypeElement> all() {
        var all = new ArrayList<TypeElement>();
        declared.forEach(type -> collect(type, all));
        return all;
    }

    private static void collect(TypeElement type, List<TypeElement> all) {
        if (all.contains(type)) {
            return;
        }
        all.add(type);
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> collect(nested, all));
    }

    /** @throws IllegalStateException if there is no such type any more */
    TypeElement named(String qualifiedName) {
        return all().stream()
                .filter(type -> type.getQualifiedName().contentEquals(qualifiedName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the description knows of a class that is no more: " + qualifiedName));
    }

    /** The first sentence of the Javadoc without its markup; empty if there is none. */
    String sentence(Element element) {
        DocCommentTree comment = trees.getDocCommentTree(element);
        return comment == null ? "" : text(comment.getFirstSentence());
    }

    /** The Javadoc's text before its tags; empty if there is none. */
    String comment(Element element) {
        DocCommentTree comment = trees.getDocCommentTree(element);
        return comment == null ? "" : text(comment.getFullBody());
    }

    /** What the Javadoc says of a parameter or a component of a record; empty if nothing. */
    String parameter(Element element, String name) {
        DocCommentTree comment = trees.getDocCommentTree(element);
        if (comment == null) {
            return "";
        }
        return comment.getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .filter(tag -> tag.getName().getName().contentEquals(name))
                .map(tag -> text(tag.getDescription()))
                .findFirst()
                .orElse("");
    }

    private static String text(List<? extends DocTree> parts) {
        var text = new StringBuilder();
        for (DocTree part : parts) {
            if (part instanceof LiteralTree literal) {
                text.append(literal.getBody().getBody());
            } else if (part instanceof LinkTree link) {
                text.append(
                        link.getLabel().isEmpty()
                                ? link.getReference().getSignature().replaceFirst("^.*[#.]", "")
                                : text(link.getLabel()));
            } else if (part.getKind() == DocTree.Kind.START_ELEMENT) {
                text.append(' ');
            } else if (part.getKind() != DocTree.Kind.END_ELEMENT) {
                text.append(part);
            }
        }
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    /** The value of an annotation's only element as text, empty if it has none; null without the annotation. */
    static @Nullable String annotation(Element element, String simpleName) {
        return value(element.getAnnotationMirrors(), simpleName);
    }

    static boolean isNullable(TypeMirror type) {
        return value(type.getAnnotationMirrors(), "Nullable") != null;
    }

    private static @Nullable String value(List<? extends AnnotationMirror> annotations, String simpleName) {
        for (AnnotationMirror annotation : annotations) {
            if (annotation.getAnnotationType().asElement().getSimpleName().contentEquals(simpleName)) {
                return annotation.getElementValues().values().stream()
                        .map(AnnotationValue::getValue)
                        .map(String::valueOf)
                        .findFirst()
                        .orElse("");
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
