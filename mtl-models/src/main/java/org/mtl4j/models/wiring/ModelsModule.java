package org.mtl4j.models.wiring;

import com.google.inject.AbstractModule;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.models.crossstitch.CrossStitch;
import org.mtl4j.models.esmm.Esmm;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.models.singletask.SingleTask;

/** Binds the model zoo: a line a model. */
public final class ModelsModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var models = Registries.models(binder());
    models.addBinding("single_task").toInstance(ConfiguredFactory.ofRecord(SingleTask.class));
    models.addBinding("shared_bottom").toInstance(ConfiguredFactory.ofRecord(SharedBottom.class));
    models.addBinding("mmoe").toInstance(ConfiguredFactory.ofRecord(Mmoe.class));
    models.addBinding("cross_stitch").toInstance(ConfiguredFactory.ofRecord(CrossStitch.class));
    models.addBinding("esmm").toInstance(ConfiguredFactory.ofRecord(Esmm.class));
  }
}
