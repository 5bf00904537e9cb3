package org.mtl4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.training.Criterion;
import org.mtl4j.core.training.FrontState;
import org.mtl4j.core.training.Progress;
import org.mtl4j.eval.multitask.ParetoPlots;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;

/** The states of a run that none dominates, as {@code front.json} and the report list them. */
final class FrontStates {
  private static final int MOST_PLOTS = 10;

  private final List<Goal> goals;
  private final Progress.Best best;

  private FrontStates(List<Goal> goals, Progress.Best best) {
    this.goals = goals;
    this.best = best;
  }

  /** Empty unless states are chosen by dominance. */
  static Optional<FrontStates> of(ExperimentPlan.Judge judge, Progress.Best best) {
    return judge
        .earlyStopping()
        .filter(stopping -> stopping.criterion() instanceof Criterion.ByDominance)
        .map(stopping -> new FrontStates(stopping.criterion().goals(), best));
  }

  /** The content of {@code front.json}. */
  List<Map<String, Object>> json() {
    return best.front().stream()
        .map(
            state -> {
              Map<String, Double> figures = new LinkedHashMap<>();
              for (int goal = 0; goal < goals.size(); goal++) {
                figures.put(goals.get(goal).metric(), state.figures().get(goal));
              }
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("epoch", state.epoch());
              line.put("step", state.step());
              line.put("validation", figures);
              line.put("checkpoint", state.kept());
              line.put("best", state.step() == best.step());
              return line;
            })
        .toList();
  }

  /** A table of them, and plots of all epochs that the history has. */
  Section section(History history) {
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "Epochs of which, by %s on the validation rows, no other one is as good in all. The exported one is nearest to the best figures of each."
                .formatted(goals.stream().map(Goal::metric).collect(Collectors.joining(", ")))));
    List<String> head =
        Stream.of(Stream.of("epoch", "step"), goals.stream().map(Goal::metric), Stream.of("state"))
            .flatMap(s -> s)
            .toList();
    elements.add(new Table(head, best.front().stream().map(this::row).toList()));
    List<ParetoPlots.Candidate> epochs = new ArrayList<>();
    history.lines().forEach((epoch, line) -> candidate(epoch, line).ifPresent(epochs::add));
    if (!epochs.isEmpty()) {
      elements.addAll(new ParetoPlots("An epoch", goals, epochs).plots(MOST_PLOTS));
    }
    return new Section("Pareto front", elements);
  }

  private List<Table.Cell> row(FrontState state) {
    String fate = state.kept() ? "kept" : "not kept";
    return Stream.of(
            Stream.of("" + state.epoch(), "" + state.step()),
            state.figures().stream().map(figure -> String.format(Locale.ROOT, "%.5f", figure)),
            Stream.of(state.step() == best.step() ? "exported" : fate))
        .flatMap(s -> s)
        .map(Table.Cell::of)
        .toList();
  }

  private Optional<ParetoPlots.Candidate> candidate(int epoch, JsonNode line) {
    List<Double> figures = new ArrayList<>();
    for (Goal goal : goals) {
      int slash = goal.metric().indexOf('/');
      JsonNode figure =
          line.path("validation")
              .path(goal.metric().substring(0, slash))
              .path(goal.metric().substring(slash + 1));
      if (!figure.isNumber()) {
        return Optional.empty();
      }
      figures.add(figure.doubleValue());
    }
    return Optional.of(new ParetoPlots.Candidate("epoch " + epoch, figures));
  }
}
