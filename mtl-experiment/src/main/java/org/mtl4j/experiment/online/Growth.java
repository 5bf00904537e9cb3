package org.mtl4j.experiment.online;

import java.util.Map;
import org.mtl4j.experiment.run.LaterRows;
import org.mtl4j.experiment.run.LaterTraining;
import org.mtl4j.experiment.run.RunTransforms;

/**
 * A model's transforms after new tokens came and old ones went.
 *
 * @param transforms to train by
 * @param tokens per table what became of its tokens
 */
record Growth(RunTransforms transforms, Map<String, Decision.Tokens> tokens) {
  /** Of an update; when tokens were seen last is written into its folder. */
  static Growth of(UpdateWork.Job job, LaterTraining.Base base, LaterRows rows) {
    Intake.Settings settings = job.intake().settings();
    int before = job.intake().base();
    SeenDays known = before == 0 ? SeenDays.NONE : SeenDays.read(job.updates().update(before));
    long day = rows.day().orElse(settings.day());
    SeenDays seen = known.after(rows.ids(), day);
    PipelineExtension extension =
        new PipelineExtension(
            base.transforms().pipeline(),
            rows.features(),
            seen.forgotten(day, settings.forgetAfter()));
    seen.under(extension.before(), extension.after(), day).write(job.files());
    return new Growth(
        new RunTransforms(extension.pipeline(), base.transforms().tasks()), extension.changes());
  }
}
