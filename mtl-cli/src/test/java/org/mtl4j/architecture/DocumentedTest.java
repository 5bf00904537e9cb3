package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Javadoc teaches: what javac's own check of Javadoc cannot see. Whether a sentence is a good one
 * is for people to say; that it is there, with shapes, sources, units and errors, is said here.
 */
class DocumentedTest {
  private static final List<Sources.Type> TYPES = Sources.publicTypes();

  private static final Pattern YEAR = Pattern.compile("\\b(19|20)\\d\\d\\b");
  private static final Pattern SHAPE =
      Pattern.compile("\\[[\\w ,+*]*]|shape of x|shape is that of x");
  private static final Pattern UNIT =
      Pattern.compile(
          "In [\\[(](0|-1),\\s+1]|At most 1|A ratio|In nats|[Ii]n the (label's\\s+unit|unit of the)");
  private static final Pattern UNDEFINED = Pattern.compile("Not\\s+defined");
  private static final Pattern UPDATE = Pattern.compile("w = w - lr");

  /** What metrics implement. */
  private static final List<String> METRICS =
      List.of(
          "Metric",
          "BinaryMetric",
          "TwoClassMetric",
          "OfProbabilities",
          "BestCut",
          "GroupMean",
          "AtK",
          "MacroMean",
          "RegressionError");

  /** Where layers live. */
  private static final List<String> LAYERS =
      List.of("org.mtl4j.core.graph.", "org.mtl4j.models.component.");

  @Test
  void everyPublicTypeAndMemberSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (Sources.Type type : TYPES) {
      if (isSilent(type.comment())) {
        silent.add(type.name());
      }
      type.members().stream()
          .filter(member -> isSilent(member.comment()))
          .forEach(member -> silent.add(member.name()));
    }
    assertThat(TYPES).hasSizeGreaterThan(200);
    assertThat(silent).isEmpty();
  }

  @Test
  void everyComponentOfARecordIsDescribed() {
    List<String> missing = new ArrayList<>();
    for (Sources.Type type : TYPES) {
      if (type.isRecord()) {
        type.components().stream()
            .filter(name -> !isDescribedByAnInterface(type, name))
            .filter(name -> !type.comment().contains("@param " + name + " "))
            .forEach(name -> missing.add(type.name() + "(" + name + ")"));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void whatAMethodThrowsOnPurposeIsDeclared() {
    List<String> missing = new ArrayList<>();
    for (Sources.Type type : TYPES) {
      for (Sources.Member member : type.members()) {
        String said = member.comment() + (member.name().endsWith("<init>") ? type.comment() : "");
        thrown(member).stream()
            .filter(exception -> !said.contains(exception))
            .forEach(exception -> missing.add(member.name() + " throws " + exception));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    Set<Path> packages =
        Sources.files().stream()
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .allSatisfy(
            folder -> assertThat(folder.resolve("package-info.java")).content().contains("/**"));
  }

  @Test
  void aModelNamesItsPaperAndItsShapes() {
    List<Sources.Type> models = types(type -> type.implementsOf("MultiTaskModel"));
    assertThat(models).hasSizeGreaterThan(3);
    assertThat(whereNot(models, model -> model.comment().contains("[B"))).isEmpty();
    List<Sources.Type> bottoms = types(type -> type.implementsOf("Bottom"));
    assertThat(bottoms).hasSizeGreaterThan(3);
    assertThat(whereNot(bottoms, bottom -> bottom.comment().contains("[B"))).isEmpty();
    // One of the zoo has no paper: what the others are measured against. Nor has what core wraps
    // models in.
    assertThat(
            whereNot(
                models,
                model ->
                    model.name().startsWith("org.mtl4j.testkit.")
                        || model.name().startsWith("org.mtl4j.core.")
                        || YEAR.matcher(model.comment()).find()
                        || model.comment().strip().startsWith("The baseline")))
        .isEmpty();
  }

  @Test
  void aLayerSaysItsShapes() {
    List<Sources.Member> layers =
        types(type -> LAYERS.stream().anyMatch(type.name()::startsWith)).stream()
            .flatMap(type -> type.members().stream())
            .filter(DocumentedTest::mapsTensors)
            .toList();
    assertThat(layers).hasSizeGreaterThan(3);
    assertThat(layers)
        .filteredOn(layer -> !SHAPE.matcher(layer.comment()).find())
        .extracting(Sources.Member::name)
        .isEmpty();
  }

  @Test
  void aMetricSaysItsRangeOrUnitAndWhereItIsNotDefined() {
    List<Sources.Type> metrics = types(type -> METRICS.stream().anyMatch(type::implementsOf));
    assertThat(metrics).hasSizeGreaterThan(5);
    assertThat(whereNot(metrics, metric -> UNIT.matcher(metric.comment()).find())).isEmpty();
    assertThat(whereNot(metrics, metric -> UNDEFINED.matcher(metric.comment()).find())).isEmpty();
  }

  @Test
  void anOptimizerNamesItsSourceAndItsUpdate() {
    List<Sources.Type> optimizers = types(type -> type.implementsOf("Optimizer"));
    assertThat(optimizers).hasSizeGreaterThan(3);
    assertThat(whereNot(optimizers, type -> YEAR.matcher(type.comment()).find())).isEmpty();
    assertThat(whereNot(optimizers, type -> UPDATE.matcher(type.comment()).find())).isEmpty();
  }

  private static List<Sources.Type> types(Predicate<Sources.Type> which) {
    return TYPES.stream().filter(which).toList();
  }

  /** The names of those that lack something. */
  private static List<String> whereNot(List<Sources.Type> types, Predicate<Sources.Type> which) {
    return types.stream().filter(which.negate()).map(Sources.Type::name).toList();
  }

  private static boolean isDescribedByAnInterface(Sources.Type type, String component) {
    return types(above -> type.implementsOf(above.tree().getSimpleName().toString())).stream()
        .anyMatch(
            above ->
                above.members().stream()
                    .anyMatch(member -> member.name().equals(above.name() + "." + component)));
  }

  private static boolean isSilent(String comment) {
    return comment.isBlank() || comment.strip().startsWith("@");
  }

  /** Whether a method takes a tensor and gives one. */
  private static boolean mapsTensors(Sources.Member member) {
    return member.tree() instanceof MethodTree method
        && method.getReturnType() != null
        && method.getReturnType().toString().startsWith("Operand<")
        && method.getParameters().stream()
            .anyMatch(parameter -> parameter.getType().toString().startsWith("Operand<"));
  }

  /** What a method's own statements throw anew. */
  private static Set<String> thrown(Sources.Member member) {
    Set<String> thrown = new TreeSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitThrow(ThrowTree tree, Void unused) {
        if (tree.getExpression() instanceof NewClassTree made) {
          thrown.add(made.getIdentifier().toString());
        }
        return super.visitThrow(tree, null);
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }
    }.scan(member.tree(), null);
    return thrown;
  }
}
