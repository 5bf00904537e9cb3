package org.mtl4j.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The main source of every module, as javac parses it, with its Javadoc. */
final class Sources {
  static final Path ROOT = Path.of(System.getProperty("mtl.root"));

  private Sources() {}

  /**
   * A public type.
   *
   * @param name with its package
   * @param tree its declaration
   * @param comment its Javadoc; empty if there is none
   * @param members what others see of it, overridden methods left out
   */
  record Type(String name, ClassTree tree, String comment, List<Member> members) {
    /** Whether it says that it implements an interface of this simple name. */
    boolean implementsOf(String simpleName) {
      return tree.getImplementsClause().stream().anyMatch(t -> t.toString().equals(simpleName));
    }

    boolean isRecord() {
      return tree.getKind() == Tree.Kind.RECORD;
    }

    /** The components of a record. */
    List<String> components() {
      return tree.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
          .map(field -> field.getName().toString())
          .toList();
    }
  }

  /**
   * A public or protected method, constructor, constant or field.
   *
   * @param name its type's and its own
   * @param tree its declaration
   * @param comment its Javadoc; empty if there is none
   */
  record Member(String name, Tree tree, String comment) {}

  /** The files of the main source of every module. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.sorted().toList()) {
        Path source = module.resolve("src/main/java");
        if (module.getFileName().toString().startsWith("mtl-") && Files.isDirectory(source)) {
          try (Stream<Path> below = Files.walk(source)) {
            below.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    }
    return files;
  }

  /** The public types of the house. */
  static List<Type> publicTypes() {
    var javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files()));
      List<Type> types = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        TreePath file = new TreePath(unit);
        for (Tree declaration : unit.getTypeDecls()) {
          collect(
              DocTrees.instance(task),
              new TreePath(file, declaration),
              unit.getPackageName().toString(),
              types);
        }
      }
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(DocTrees docs, TreePath path, String outer, List<Type> types) {
    ClassTree tree = (ClassTree) path.getLeaf();
    boolean inInterface =
        path.getParentPath().getLeaf() instanceof ClassTree parent && isInterface(parent);
    if (!inInterface && !isVisible(tree.getModifiers().getFlags())) {
      return;
    }
    String name = outer + "." + tree.getSimpleName();
    List<Member> members = new ArrayList<>();
    types.add(new Type(name, tree, comment(docs, path), members));
    for (Tree member : tree.getMembers()) {
      TreePath own = new TreePath(path, member);
      if (member instanceof ClassTree) {
        collect(docs, own, name, types);
      } else if (member instanceof MethodTree method && isMember(tree, method)) {
        members.add(new Member(name + "." + method.getName(), member, comment(docs, own)));
      } else if (member instanceof VariableTree field
          && isVisible(field.getModifiers().getFlags())) {
        members.add(new Member(name + "." + field.getName(), member, comment(docs, own)));
      }
    }
  }

  private static boolean isMember(ClassTree type, MethodTree method) {
    Set<Modifier> flags = method.getModifiers().getFlags();
    boolean overrides =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    boolean implied = isInterface(type) && !flags.contains(Modifier.PRIVATE);
    return !overrides && (implied || isVisible(flags));
  }

  private static boolean isInterface(ClassTree type) {
    return type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
  }

  private static boolean isVisible(Set<Modifier> flags) {
    return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
  }

  private static String comment(DocTrees docs, TreePath path) {
    return Objects.requireNonNullElse(docs.getDocComment(path), "");
  }
}
