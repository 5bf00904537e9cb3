package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.experiment.config.TrainingConfig;
import org.mtl4j.experiment.wiring.MtlServices;

class ExperimentReaderTest {
  /** The keys of the design's sample, as far as they are built. */
  private static final String SAMPLE =
      """
      name: census-mmoe
      seed: 7
      data:
        source: {type: csv, path: ../shared/data/census.gz, columns: [age, education, 50k], delimiter: ",", missing: ["?", ""], trim: true, encoding: UTF-8, on_bad_row: error}
        where: "age >= 16"
        drop_duplicates: true
        columns: {adult: "age >= 18"}
        split: {by: random, validation: 0.1, test: 0.2}
      features:
        age:       {type: numeric, transform: standardize, indicator: true}
        education: {type: categorical, dim: 8, min_count: 2, group: user}
        school:    {type: categorical, column: education, hash_buckets: 100, table: schools}
      tasks:
        income:    {type: binary, label: income, positive: ["50000+."], loss_weight: 1.5}
        purchase:  {type: binary, label: bought, where: "click == 1", example_weight: "1 + log(price)"}
        rating:    {type: regression, label: rating, loss: huber}
        genre:     {type: multiclass, label: genre}
      model: {type: mmoe, experts: 8, expert_layers: [64], tower_layers: [16]}
      training:
        epochs: 12
        batch_size: 512
        optimizer: {type: adam, learning_rate: 0.002}
        embedding_optimizer: {type: adagrad, learning_rate: 0.05}
        balancing: {type: static}
        early_stopping: {metric: income/auc, patience: 3}
        precision: float32
      evaluation: {k: [5, 10], group_by: user_id}
      """;

  private static final String SHORTEST =
      """
      name: shortest
      data:
        source: {type: simulated}
      features:
        age: {type: numeric}
      tasks:
        click: {type: binary, label: click}
      """;

  private static ExperimentPlan read(String yaml) {
    return MtlServices.standard().read(ConfigFile.parse(yaml, "file.yaml"));
  }

  private static List<Problem> problems(String yaml) {
    MtlException failure = catchThrowableOfType(MtlException.class, () -> read(yaml));
    assertThat(failure).as("nothing was wrong").isNotNull();
    return failure.problems();
  }

  @Test
  void sampleOfTheDesignIsRead() {
    ExperimentPlan plan = read(SAMPLE);
    assertThat(plan.config().name()).isEqualTo("census-mmoe");
    assertThat(plan.config().seed()).isEqualTo(7);
    assertThat(plan.config().data().split()).isEqualTo(new SplitRule.Random(0.1, 0.2));
    assertThat(plan.config().data().dropDuplicates()).isTrue();
    assertThat(plan.config().data().columns()).containsOnlyKeys("adult");
    assertThat(plan.features())
        .containsExactly(
            new NumericFeature("age", "age", Optional.empty(), NumericTransform.STANDARDIZE, true),
            new CategoricalFeature(
                "education",
                "education",
                Optional.of(FeatureGroup.USER),
                "education",
                8,
                new CategoricalFeature.Learnt(2)),
            new CategoricalFeature(
                "school",
                "education",
                Optional.empty(),
                "schools",
                8,
                new CategoricalFeature.Hashed(100)));
    assertThat(plan.judge().earlyStopping()).contains(new EarlyStopping("income/auc", true, 3));
    assertThat(plan.config().evaluation().k()).containsExactly(5, 10);
  }

  @Test
  void tasksOfTheSampleHaveTheirTypesWeightsAndRows() {
    List<Task> tasks = read(SAMPLE).tasks();
    assertThat(tasks)
        .extracting(Task::name)
        .containsExactly("income", "purchase", "rating", "genre");
    assertThat(tasks)
        .extracting(Task::type)
        .containsExactly(
            new TaskType.Binary(List.of("50000+.")),
            new TaskType.Binary(List.of()),
            new TaskType.Regression(new RegressionLoss.Huber()),
            new TaskType.Multiclass());
    assertThat(tasks).extracting(Task::lossWeight).containsExactly(1.5, 1.0, 1.0, 1.0);
    assertThat(tasks.get(1).exampleWeight()).isPresent();
    assertThat(tasks.get(0).exampleWeight()).isEmpty();
  }

  @Test
  void keysOfSetsAreReadAndChecked() {
    String key = "  genres: {type: multilabel, label: genres";
    assertThat(read(SHORTEST + key + "}\n").tasks().get(1).type())
        .isEqualTo(new TaskType.Multilabel("|", 1, 1000));
    assertThat(
            read(SHORTEST + key + ", separator: \"/\", min_count: 3, max_classes: 20}\n")
                .tasks()
                .get(1)
                .type())
        .isEqualTo(new TaskType.Multilabel("/", 3, 20));
    Map.of(
            "separator: \", \"", "Expected one character, found \", \".",
            "min_count: 0", "Expected at least 1, found 0.",
            "max_classes: 20000", "Expected 1 to 10000, found 20000.")
        .forEach(
            (wrong, what) ->
                assertThat(problems(SHORTEST + key + ", " + wrong + "}\n"))
                    .extracting(Problem::what)
                    .containsExactly(what));
  }

  @Test
  void everyDefaultIsFilledIn() {
    ExperimentPlan plan = read(SHORTEST);
    assertThat(plan.config().seed()).isEqualTo(1);
    assertThat(plan.config().data().split()).isEqualTo(new SplitRule.Random(0.1, 0.2));
    assertThat(plan.config().evaluation().k()).containsExactly(10);
    TrainingConfig training = plan.config().training();
    assertThat(training.epochs()).isEqualTo(10);
    assertThat(training.batchSize()).isEqualTo(1024);
    assertThat(training.earlyStopping()).isEmpty();
    assertThat(training.threads()).contains(Runtime.getRuntime().availableProcessors());
    assertThat(keys(plan.config().model())).contains("experts", "expert_layers", "tower_layers");
    assertThat(keys(training.optimizer())).contains("learning_rate");
    assertThat(keys(training.embeddingOptimizer())).contains("learning_rate");
    assertThat(keys(plan.config().data().source())).contains("users", "items", "impressions");
  }

  private static Iterable<String> keys(Choice choice) {
    return choice.body().entries().keySet();
  }

  @Test
  void whatIsWrittenReadsAsTheSameExperiment() {
    for (String yaml : List.of(SAMPLE, SHORTEST)) {
      ExperimentPlan plan = read(yaml);
      String written = ConfigWriter.write(plan.config());
      ExperimentPlan again = read(written);
      assertThat(again.config()).isEqualTo(plan.config());
      assertThat(again.features()).isEqualTo(plan.features());
      assertThat(again.learner()).isEqualTo(plan.learner());
      assertThat(ConfigWriter.write(again.config())).isEqualTo(written);
    }
  }

  @Test
  void featuresThatAModelCannotDoWithAreRefusedBeforeAnythingRuns() {
    assertThat(problems(SHORTEST + "model: {type: multi_input}\n"))
        .extracting(Problem::where, Problem::code, Problem::toString)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.toList().subList(0, 2))
                  .isEqualTo(at("model (file.yaml:8:1)", ErrorCode.CONFIG_VALUE).toList());
              assertThat(problem.toList().get(2).toString())
                  .contains("expected a group (user, item or context) of every feature")
                  .contains("found none of age");
            });
  }

  private static final String ALL_WRONG =
      """
      name: wrong
      sed: 7
      data:
        source: {type: simulatd}
        where: "age >="
      features:
        age: {type: numerc}
      tasks:
        click: {type: binary, label: click}
        cart: {type: binary, label: cart}
      model: {type: esmm, stages: [click, kart]}
      training:
        epochs: ten
        optimizer: {type: adm}
        embedding_optimizer: {type: adagrad, learnin_rate: 0.1}
      """;

  @Test
  void everyProblemOfAFileIsReportedAtOnceWithItsPlaceAndTheNearestName() {
    List<Problem> problems = problems(ALL_WRONG);
    assertThat(problems)
        .extracting(Problem::where, Problem::code)
        .containsExactlyInAnyOrder(
            at("sed (file.yaml:2:1)", ErrorCode.CONFIG_UNKNOWN_KEY),
            at("data.source.type (file.yaml:4:3)", ErrorCode.UNKNOWN_NAME),
            at("data.where (file.yaml:5:3)", ErrorCode.EXPRESSION_SYNTAX),
            at("features.age.type (file.yaml:7:9)", ErrorCode.UNKNOWN_NAME),
            at("model (file.yaml:11:1)", ErrorCode.CONFIG_VALUE),
            at("training.epochs (file.yaml:13:3)", ErrorCode.CONFIG_TYPE),
            at("training.optimizer.type (file.yaml:14:3)", ErrorCode.UNKNOWN_NAME),
            at(
                "training.embedding_optimizer.learnin_rate (file.yaml:15:40)",
                ErrorCode.CONFIG_UNKNOWN_KEY));
    assertThat(problems)
        .extracting(Problem::toString)
        .anyMatch(text -> text.contains("Did you mean \"seed\"?"))
        .anyMatch(text -> text.contains("Did you mean \"simulated\"?"))
        .anyMatch(text -> text.contains("Did you mean \"numeric\"?"))
        .anyMatch(text -> text.contains("Did you mean \"adam\"?"))
        .anyMatch(text -> text.contains("Did you mean \"learning_rate\"?"))
        .anyMatch(text -> text.contains("\"kart\"; the tasks are [click, cart]"));
  }

  private static Tuple at(String where, ErrorCode code) {
    return Tuple.tuple(where, code);
  }

  @Test
  void unknownModelIsReportedBesideAnUnknownBalancingMethod() {
    List<Problem> problems =
        problems(SHORTEST + "model: {type: mmeo}\ntraining: {balancing: {type: statc}}\n");
    assertThat(problems)
        .extracting(Problem::toString)
        .anyMatch(text -> text.contains("There is no model \"mmeo\". Did you mean \"mmoe\"?"))
        .anyMatch(text -> text.contains("\"statc\". Did you mean \"static\"?"))
        .hasSize(2);
  }

  @Test
  void metricOfNoOutputIsFoundBesideAnUnknownKey() {
    List<Problem> problems =
        problems(
            SHORTEST
                + """
                model: {type: shared_bottom}
                training:
                  epoch: 3
                  early_stopping: {metric: clik/auc}
                """);
    assertThat(problems)
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            "training.epoch (file.yaml:10:3)", "training.early_stopping.metric (file.yaml:11:20)");
    assertThat(problems)
        .extracting(Problem::toString)
        .anyMatch(text -> text.contains("\"clik/auc\". Did you mean \"click/auc\"?"));
  }

  @Test
  void taskThatABalancingMethodNamesMustBeThere() {
    List<Problem> problems =
        problems(SHORTEST + "training: {balancing: {type: metabalance, target: clik}}");
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "training.balancing (file.yaml:8:12): target: expected names of tasks, found \"clik\"; the tasks are [click].");
    assertThat(problems.get(0).code()).isEqualTo(ErrorCode.CONFIG_VALUE);
  }

  @Test
  void metricThatTheTasksTypeDoesNotHaveIsUnknown() {
    List<Problem> problems =
        problems(SHORTEST + "training: {early_stopping: {metric: click/rmse}}");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
  }

  @Test
  void metricsAreThoseThatAreNamedInTheirOrder() {
    ExperimentPlan plan =
        read(
            SHORTEST
                + """
                training: {early_stopping: {metric: click/ks}}
                evaluation: {metrics: [ks, auc, quantile_loss], quantiles: [0.25]}
                """);

    assertThat(plan.judge().earlyStopping()).contains(new EarlyStopping("click/ks", true, 2));
    assertThat(plan.document().yaml()).contains("metrics: [ks, auc, quantile_loss]");
    assertThat(problems(SHORTEST + "evaluation: {metrics: [ks, acu]}"))
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .contains("There is no metric \"acu\". Did you mean \"auc\"?")
        .startsWith("evaluation.metrics (file.yaml:8:14)");
  }

  @Test
  void metricThatDescribesDoesNotStopATraining() {
    assertThat(
            problems(
                SHORTEST
                    + """
                    training: {early_stopping: {metric: click/pcoc}}
                    evaluation: {metrics: [pcoc]}
                    """))
        .extracting(Problem::what)
        .containsExactly(
            "Expected a metric that says which of two states is better, found \"click/pcoc\","
                + " which describes one.");
  }

  @Test
  void metricByGroupThatIsNamedNeedsGroups() {
    assertThat(problems(SHORTEST + "evaluation: {metrics: [auc, gauc]}"))
        .extracting(Problem::what)
        .containsExactly(
            "Expected evaluation.group_by beside \"gauc\", which is taken group by group; found"
                + " none.");
  }

  @Test
  void metricOfItemsThatIsNamedNeedsItems() {
    assertThat(
            problems(
                SHORTEST + "evaluation: {metrics: [auc, popularity, diversity], group_by: user}"))
        .extracting(Problem::what)
        .containsExactly(
            "Expected evaluation.item beside \"popularity\", which is a figure of items; found"
                + " none.",
            "Expected evaluation.item beside \"diversity\", which is a figure of items; found"
                + " none.");
    assertThat(problems(SHORTEST + "evaluation: {item_content: [brand]}"))
        .extracting(Problem::what)
        .containsExactly("Expected evaluation.item beside it, found none.");
  }

  @Test
  void numbersAndNamesOfTheEvaluationStandOnce() {
    assertThat(
            problems(SHORTEST + "evaluation: {metrics: [auc, auc]}").get(0).toString()
                + problems(SHORTEST + "evaluation: {k: [5, 5]}").get(0)
                + problems(SHORTEST + "evaluation: {quantiles: [1.5]}").get(0))
        .contains(
            "evaluation.metrics (file.yaml:8:14): Expected different names of metrics, found [auc, auc]",
            "evaluation.k (file.yaml:8:14): Expected different numbers, found [5, 5]",
            "evaluation.quantiles (file.yaml:8:14): Expected different numbers between 0 and 1, found [1.5]");
  }

  @Test
  void missingPartsAreNamed() {
    assertThat(problems("seed: 3"))
        .extracting(Problem::what)
        .containsExactlyInAnyOrder(
            "The key \"name\" is missing here.",
            "The key \"data\" is missing here.",
            "The key \"features\" is missing here.",
            "The key \"tasks\" is missing here.");
  }

  @Test
  void trainingFilesOfTheSplitStandInForTheSourcesPath() {
    ExperimentPlan plan =
        read(
            SHORTEST.replace(
                "source: {type: simulated}",
                "source: {type: csv}\n"
                    + "  split: {by: files, train: '${env:PATH}.csv', validation: 0.1}"));
    ConfigNode path = plan.config().data().source().body().entries().get("path");
    String expanded = System.getenv("PATH") + ".csv"; // A variable that is set everywhere.
    assertThat(((ConfigNode.Sequence) path).items())
        .extracting(item -> ((ConfigNode.Scalar) item).text())
        .containsExactly(expanded);
    assertThat(plan.document().yaml())
        .contains("path: ['${env:PATH}.csv']", "train: ['${env:PATH}.csv']")
        .doesNotContain(expanded);
  }

  @Test
  void overridesAreProblemsOfTheirOwnPlace() {
    ConfigFile file =
        ConfigFile.parse(SHORTEST, "file.yaml").withOverride("training.batch_size", "many");
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> MtlServices.standard().read(file));
    assertThat(failure.problems())
        .extracting(Problem::where)
        .containsExactly("training.batch_size (--set training.batch_size)");
  }

  @Test
  void nameThatIsNoFolderIsRefused() {
    assertThat(problems(SHORTEST.replace("name: shortest", "name: a/b")))
        .extracting(Problem::code, Problem::where)
        .containsExactly(Tuple.tuple(ErrorCode.CONFIG_VALUE, "name (file.yaml:1:1)"));
  }

  private static String union(String source, String split) {
    return SHORTEST.replace(
        "source: {type: simulated}", "source: " + source + "\n  split: " + split);
  }

  @Test
  void sourcesOfAUnionAreCheckedAndCompletedBeforeTheyAreOpened() {
    String sources = "{us: {type: csv, path: gone.csv}, de: {type: sql, query: select 1}}";
    ExperimentPlan plan =
        read(union("{type: union, sources: " + sources + "}", "{by: every, test: 2}"));
    assertThat(plan.document().yaml())
        .contains("column: domain", "delimiter: ','", "query: select 1", "memory_limit: '1GB'");
    assertThat(
            problems(
                union(
                    "{type: union, sources: {us: {type: cvs, path: a}, de: {type: csv, pth: b}}}",
                    "{by: every, test: 2}")))
        .extracting(Problem::toString)
        .containsExactly(
            "data.source.sources.us.type (file.yaml:3:35): There is no source \"cvs\". Did you mean"
                + " \"csv\"?",
            "data.source.sources.de.pth (file.yaml:3:77): There is no key \"pth\" here. Did you mean"
                + " \"path\"?",
            "data.source.sources.de (file.yaml:3:61): The key \"path\" is missing here.");
    assertThat(problems(union("{type: union, sources: {us=: {type: simulated}}}", "{by: every}")))
        .extracting(Problem::what)
        .containsExactly(
            "Expected names without blanks around them and without \"=\", found \"us=\".");
  }

  @Test
  void aSplitByFilesNeedsASourceOfFiles() {
    String sources = "{us: {type: csv, path: gone.csv}}";
    assertThat(
            problems(
                union(
                    "{type: union, sources: " + sources + "}",
                    "{by: files, train: a.csv, test: b.csv}")))
        .extracting(Problem::toString)
        .containsExactly(
            "data.split.by (file.yaml:4:11): Expected a source of files, as the split names them,"
                + " found the type \"union\". Split by time, by a column, by group or at random.");
  }

  @Test
  void ratiosAreOfDomainsAndTasksThatThereAre() {
    String ratios = "training: {sampling: {domain: {uk: 1}, task: {clik: 2}}}\n";
    assertThat(problems(SHORTEST + ratios))
        .extracting(Problem::toString)
        .containsExactly(
            "training.sampling.task.clik (file.yaml:8:47): There is no task \"clik\". Did you mean"
                + " \"click\"?",
            "training.sampling.domain (file.yaml:8:23): Expected a source of domains, of the type"
                + " union, found the type \"simulated\". Name the sources of the domains by a union,"
                + " or give ratios of tasks.");
    String sources = "{type: union, sources: {us: {type: csv, path: gone.csv}}}";
    assertThat(
            problems(
                union(sources, "{by: every, test: 2}")
                    + "training: {sampling: {domain: {usa: 1}}}\n"))
        .extracting(Problem::toString)
        .containsExactly(
            "training.sampling.domain.usa (file.yaml:9:32): There is no domain \"usa\". Did you mean"
                + " \"us\"?");
    assertThat(problems(SHORTEST + "training: {sampling: {task: {click: -1}}}\n"))
        .extracting(Problem::toString)
        .containsExactly(
            "training.sampling.task (file.yaml:8:23): Expected ratios from 0 to 1000, found click:"
                + " -1.0.");
  }

  private static String funnel(String purchase, String ratios) {
    return """
        name: funnel
        data:
          source: {type: simulated}
        features:
          age: {type: numeric}
        tasks:
          click: {type: binary, label: click}
          purchase: {type: binary, label: purchase%s}
        model: {type: esmm, stages: [click, purchase]}
        training: {sampling: {task: {%s}}}
        """
        .formatted(purchase, ratios);
  }

  /** Whoever takes clicked rows three times learns three times the clicks. */
  @Test
  void ratioOfALaterStageOfAFunnelLeavesTheFirstOneAsItIs() {
    String clicked = ", where: \"click == 1\"";
    assertThat(problems(funnel(clicked, "purchase: 3")))
        .extracting(Problem::toString)
        .containsExactly(
            "training.sampling.task.purchase (file.yaml:10:30): Expected at most the ratio of click,"
                + " the funnel's first stage, 1.0 as it has none, found 3.0: rows that went on would"
                + " be taken more or less often than others, and click be learnt as that much more"
                + " or less frequent. Give click the same ratio, or weight purchase by"
                + " loss_weight.");
    assertThat(problems(funnel(clicked, "click: 2, purchase: 3"))).hasSize(1);
    assertThat(problems(funnel(clicked, "purchase: 0.5"))).hasSize(1);
    read(funnel(clicked, "click: 3, purchase: 3"));
    read(funnel(clicked, "click: 3, purchase: 2"));
    read(funnel(clicked, "purchase: 1"));
    read(funnel("", "purchase: 3")); // It has a label in every row.
  }
}
