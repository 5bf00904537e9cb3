package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class GoingOnTest {
  private static final GoingOn GOING_ON = new GoingOn("go on.");
  private static final RunFiles FILES = new RunFiles(Path.of("runs", "shop"));

  private static String remedy(ErrorCode code, Path where, String remedy) {
    MtlException failure = new MtlException(new Problem(code, where.toString(), "Broken.", remedy));
    return GOING_ON.of(failure, FILES).problems().get(0).remedy();
  }

  @Test
  void inItsOwnFolderThereIsToBeRoom() {
    String room = "Make room there or get the right to write there, then go on.";
    Path own = FILES.checkpoints();
    assertThat(remedy(ErrorCode.IO, own, "Use --resume.")).isEqualTo(room);
    assertThat(remedy(ErrorCode.IO, own.toAbsolutePath(), "Use --resume.")).isEqualTo(room);
  }

  @Test
  void elsewhereTheFailureKnowsBest() {
    Path data = Path.of("data", "day.csv");
    assertThat(remedy(ErrorCode.IO, data, "Ask its owner."))
        .isEqualTo("Ask its owner. Then go on.");
    assertThat(remedy(ErrorCode.DATA_VALUE, data, "Mend it.")).isEqualTo("Mend it.");
  }
}
