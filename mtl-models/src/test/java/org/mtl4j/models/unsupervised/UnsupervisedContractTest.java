package org.mtl4j.models.unsupervised;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.testkit.ModelContractTest;
import org.mtl4j.testkit.SmallProblem;

/** A reconstruction beside tasks with labels. */
@Tag("slow")
class UnsupervisedContractTest extends ModelContractTest {
  @Override
  protected Unsupervised model() {
    return new Unsupervised(new SharedBottom(List.of(16), List.of(8), 0.1, Normalization.NONE));
  }

  @Override
  protected Set<String> notLearned() {
    return Set.of("head_likeness/mean", "head_likeness/seen");
  }

  @Override
  protected SmallProblem problem() {
    CodeSpec code = new CodeSpec(Optional.empty(), 3, List.of(6));
    return super.problem().with("likeness", new TaskType.Reconstruction(code));
  }
}
