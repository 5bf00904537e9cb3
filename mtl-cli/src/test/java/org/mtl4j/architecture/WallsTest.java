package org.mtl4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls of docs/architecture.md. To move one, change the page and this test together. */
class WallsTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("mtl-testkit")) // It stands outside.
          .importPackages("org.mtl4j");

  /** A package of core sees those before it. */
  private static final List<String> CORE_ORDER =
      List.of(
          "error",
          "file",
          "task",
          "schema",
          "batch",
          "lookup",
          "provenance",
          "config",
          "graph",
          "graph.sequence",
          "feature",
          "model",
          "head",
          "optimizer",
          "balancing",
          "metric",
          "manifest",
          "training",
          "export",
          "wiring");

  @Test
  void tensorFlowStaysWhereGraphsAreMadeAndRun() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.mtl4j.core.graph..",
            "org.mtl4j.core.feature..",
            "org.mtl4j.core.model..",
            "org.mtl4j.core.head..",
            "org.mtl4j.core.balancing..",
            "org.mtl4j.core.optimizer..",
            "org.mtl4j.core.training..",
            "org.mtl4j.core.export..",
            "org.mtl4j.models..",
            "org.mtl4j.data.source",
            "org.mtl4j.serving.model..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow..")
        .check(HOUSE);
  }

  /** TFRecord files hold them; they need no native library. */
  @Test
  void sourcesSeeTheMessagesOfTensorFlowAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.mtl4j.data.source")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.tensorflow..").and(not(resideInAPackage("org.tensorflow.proto"))))
        .check(HOUSE);
  }

  @Test
  void guiceStaysInTheWiringAndTheCommand() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.mtl4j..wiring..", "org.mtl4j.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .check(HOUSE);
  }

  /** Messages are what protocols have; examples and files of configuration and warm-up are some. */
  @Test
  void messagesStayAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.mtl4j.protocol..",
            "org.mtl4j.server.config..",
            "org.mtl4j.server.example..",
            "org.mtl4j.server.grpc..",
            "org.mtl4j.server.http..",
            "org.mtl4j.server.warmup..",
            "org.mtl4j.server.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mtl4j.protocol..")
        .check(HOUSE);
  }

  @Test
  void databasesStayInTheSources() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.mtl4j.data.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.duckdb..", "java.sql..", "javax.sql..")
        .check(HOUSE);
  }

  @Test
  void everyPackageOfCoreHasItsPlaceInTheOrder() {
    Set<String> packages =
        HOUSE.stream()
            .map(type -> type.getPackageName())
            .filter(name -> name.startsWith("org.mtl4j.core."))
            .map(name -> name.substring("org.mtl4j.core.".length()))
            .collect(Collectors.toSet());
    assertThat(packages).containsExactlyInAnyOrderElementsOf(CORE_ORDER);
  }

  @Test
  void packagesOfCoreSeeOnlyThoseBeforeThem() {
    for (int i = 0; i < CORE_ORDER.size() - 1; i++) {
      String[] later =
          CORE_ORDER.stream().skip(i + 1L).map(WallsTest::corePackage).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(corePackage(CORE_ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(HOUSE);
    }
  }

  @Test
  void arrowsBetweenModulesPointDownAndNeverSideways() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy("org.mtl4j.core..")
        .layer("data")
        .definedBy("org.mtl4j.data..")
        .layer("models")
        .definedBy("org.mtl4j.models..")
        .layer("eval")
        .definedBy("org.mtl4j.eval..")
        .layer("serving")
        .definedBy("org.mtl4j.serving..")
        .layer("protocol")
        .definedBy("org.mtl4j.protocol..")
        .layer("server")
        .definedBy("org.mtl4j.server..")
        .layer("experiment")
        .definedBy("org.mtl4j.experiment..")
        .layer("cli")
        .definedBy("org.mtl4j.cli..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("data")
        .mayOnlyAccessLayers("core")
        .whereLayer("models")
        .mayOnlyAccessLayers("core")
        .whereLayer("eval")
        .mayOnlyAccessLayers("core")
        .whereLayer("serving")
        .mayOnlyAccessLayers("core")
        .whereLayer("protocol")
        .mayNotAccessAnyLayer()
        .whereLayer("server")
        .mayOnlyAccessLayers("core", "serving", "protocol")
        .whereLayer("experiment")
        .mayOnlyAccessLayers("core", "data", "models", "eval", "serving")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(HOUSE);
  }

  @Test
  void aModelSeesTheSharedComponentsAndNoOtherModel() {
    slices()
        .matching("org.mtl4j.models.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("org.mtl4j.models.component.."))
        .ignoreDependency(resideInAPackage("org.mtl4j.models.wiring.."), alwaysTrue())
        .check(HOUSE);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("org.mtl4j.(*).(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  private static String corePackage(String name) {
    return "org.mtl4j.core." + name;
  }
}
