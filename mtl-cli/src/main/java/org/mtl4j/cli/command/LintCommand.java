package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.TrainingConsole;
import org.mtl4j.experiment.lint.Finding;
import org.mtl4j.experiment.lint.LintReport;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mtl lint}: what is wrong with an experiment's data, before it trains. */
@Command(
    name = "lint",
    description = "Looks for leaks, skew and other mistakes in an experiment's data.",
    footer = {
      "",
      "Example:",
      "  mtl lint shop.yaml",
      "",
      "Exits with 3 if there are errors. lint: {allow: [NAME]} in the experiment leaves a check out."
    })
public final class LintCommand extends TrainingCommand {
  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experiment;

  /** The command over a service. */
  @Inject
  public LintCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
  }

  @Override
  protected Answer answer() {
    ExperimentPlan plan = plan(experiment);
    try (TrainingConsole progress = progress()) {
      LintReport report = service().lint(plan, progress);
      int code = report.errors().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
      return new Answer(json(report), text(plan, report), code);
    }
  }

  private Map<String, Object> json(LintReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("experiment", experiment.toString());
    json.put("errors", report.errors().size());
    json.put("warnings", report.warnings().size());
    json.put("findings", report.findings().stream().map(LintCommand::json).toList());
    return json;
  }

  private static Map<String, String> json(Finding finding) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("check", finding.check());
    json.put("severity", finding.severityName());
    json.put("where", finding.where());
    json.put("evidence", finding.evidence());
    json.put("remedy", finding.remedy());
    return json;
  }

  private static List<String> text(ExperimentPlan plan, LintReport report) {
    List<String> text = new ArrayList<>();
    for (Finding finding : report.findings()) {
      text.add(
          "%s: %s: %s: %s"
              .formatted(
                  finding.severityName(),
                  plan.document().root().whereIs(finding.where()),
                  finding.check(),
                  finding.evidence()));
      text.add("  " + finding.remedy());
    }
    text.add(count(report.errors(), "error") + ", " + count(report.warnings(), "warning"));
    return text;
  }

  private static String count(List<Finding> findings, String what) {
    return findings.size() + " " + what + (findings.size() == 1 ? "" : "s");
  }
}
