package org.mtl4j.experiment.run;

import java.util.List;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.lint.LintSubject;
import org.mtl4j.experiment.lint.Linter;

/** What the linter has to know of an experiment. */
final class LintSubjects {
  private LintSubjects() {}

  /** A linter for an experiment over columns that its features and tasks fit. */
  static Linter linter(ExperimentPlan plan, Columns columns) {
    DataConfig data = plan.config().data();
    return new Linter(
        new LintSubject(
            columns,
            plan.features(),
            plan.tasks(),
            funnels(plan),
            new LintSubject.Data(
                data.columns(),
                data.split(),
                Lookups.specs(data.lookups(), columns),
                IdScope.of(data.source()),
                items(plan))),
        plan.config().lint().allow());
  }

  private static LintSubject.Items items(ExperimentPlan plan) {
    EvaluationConfig evaluation = plan.config().evaluation();
    Evaluator evaluator = plan.judge().evaluator();
    boolean measured =
        plan
            .learner()
            .model()
            .outputs(plan.tasks().stream().map(LintSubjects::unfitted).toList())
            .stream()
            .flatMap(output -> evaluator.metricsOf(output, evaluation.parts()).stream())
            .anyMatch(metric -> metric.needs().contains(RowPart.ITEMS));
    return new LintSubject.Items(evaluation.item(), evaluation.itemContent(), measured);
  }

  private static List<List<String>> funnels(ExperimentPlan plan) {
    return plan
        .learner()
        .model()
        .outputs(plan.tasks().stream().map(LintSubjects::unfitted).toList())
        .stream()
        .map(OutputSpec::label)
        .filter(LabelRule.ThroughStages.class::isInstance)
        .map(rule -> ((LabelRule.ThroughStages) rule).stages())
        .toList();
  }

  /** A task before anything is learnt of its label: names and types are right. */
  static FittedTask unfitted(Task task) {
    if (task.type() instanceof TaskType.Binary) {
      return new FittedTask(task, new LabelEncoding.Indicator());
    }
    if (task.type().isUnsupervised()) {
      return new FittedTask(task, LabelEncoding.Columns.of(task.type()));
    }
    if (task.type() instanceof TaskType.Multilabel) {
      return new FittedTask(task, new LabelEncoding.ClassSet(List.of("a", "b")));
    }
    return new FittedTask(
        task,
        task.type().isClass()
            ? new LabelEncoding.Classes(List.of("a", "b"))
            : new LabelEncoding.Scale(0, 1));
  }
}
