package org.mtl4j.experiment.wiring;

import com.google.inject.Guice;
import com.google.inject.Module;
import java.util.List;
import org.mtl4j.core.wiring.CoreModule;
import org.mtl4j.data.wiring.DataModule;
import org.mtl4j.eval.wiring.EvalModule;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.models.wiring.ModelsModule;

/** The modules of MTL4J, for those who do not wire their own. */
public final class MtlServices {
  private MtlServices() {}

  /** Every module of MTL4J, to which an application may add its own. */
  public static List<Module> modules() {
    return List.of(
        new CoreModule(),
        new DataModule(),
        new ModelsModule(),
        new EvalModule(),
        new ExperimentModule());
  }

  /** A service with every part of MTL4J and nothing more. */
  public static ExperimentService standard() {
    return Guice.createInjector(modules()).getInstance(ExperimentService.class);
  }
}
