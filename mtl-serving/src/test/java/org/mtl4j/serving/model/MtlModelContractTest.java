package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.PredictorContractTest;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;

class MtlModelContractTest extends PredictorContractTest {
  @TempDir Path folder;

  @BeforeEach
  void export() {
    SmallExport.write(SmallProblem.withFunnel("click"), new LinearModel(), folder.resolve("1"));
  }

  @Override
  protected MtlModel predictor() {
    return MtlModel.load(folder.resolve("1"));
  }

  @Override
  protected RawBatch rows() {
    return SmallExport.batch(SmallExport.rows(30, new Random(2)));
  }
}
