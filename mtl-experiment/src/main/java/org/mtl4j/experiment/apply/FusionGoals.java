package org.mtl4j.experiment.apply;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.fusion.FusionRows;
import org.mtl4j.eval.fusion.FusionSearch;

/** What a fusion is to reach, out of text. */
final class FusionGoals {
  private static final Pattern CONSTRAINT =
      Pattern.compile("\\s*(\\S+?)\\s*>=\\s*([0-9]*\\.?[0-9]+)\\s*");

  private final Measure measure;
  private final List<OutputSpec> specs;

  FusionGoals(Measure measure, List<OutputSpec> specs) {
    this.measure = measure;
    this.specs = specs;
  }

  static boolean isBinary(OutputSpec spec) {
    return spec.type() instanceof TaskType.Binary;
  }

  /**
   * Reads metric and constraints.
   *
   * @throws MtlException as {@link FusionTuning#tune} says
   */
  FusionSearch.Target target(FusionTuning.Request request) {
    return new FusionSearch.Target(
        goal("--metric", request.metric()),
        request.constraints().stream().map(this::constraint).toList());
  }

  private FusionSearch.Constraint constraint(String text) {
    Matcher matcher = CONSTRAINT.matcher(text);
    if (!matcher.matches()) {
      throw FusionTuning.usage(
          "--constraint",
          "Expected OUTPUT/METRIC >= NUMBER, found \"%s\".".formatted(text),
          "Write for instance --constraint 'click/auc >= 0.75'.");
    }
    return new FusionSearch.Constraint(
        goal("--constraint", matcher.group(1)), Double.parseDouble(matcher.group(2)));
  }

  private FusionRows.Goal goal(String option, String key) {
    Metric metric;
    try {
      metric = measure.evaluator().metric(key, specs, measure.keptParts());
    } catch (MtlException e) {
      throw new MtlException(e.problems().stream().map(p -> placed(option, p)).toList(), e);
    }
    if (!FusionTuning.isByRank(metric)) {
      throw FusionTuning.usage(
          option,
          "Expected a metric by rank, as a fused score is no probability, found \"%s\"."
              .formatted(key),
          "Take for instance auc, or with evaluation.group_by gauc or ndcg@10.");
    }
    return new FusionRows.Goal(key, key.substring(0, key.indexOf('/')), metric);
  }

  private static Problem placed(String option, Problem problem) {
    return new Problem(problem.code(), option, problem.what(), problem.remedy());
  }
}
