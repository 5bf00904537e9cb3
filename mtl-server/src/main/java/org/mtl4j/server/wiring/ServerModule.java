package org.mtl4j.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.feedback.FeedbackDesk;
import org.mtl4j.server.http.Operations;
import org.mtl4j.server.http.ServingServer;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.model.LoggedModelEvents;
import org.mtl4j.server.model.ModelEvents;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.SavedModelLoader;
import org.mtl4j.server.model.ServableLoader;
import org.mtl4j.serving.feedback.FeedbackLog;

/** The parts of a server. */
final class ServerModule extends AbstractModule {
  private final ServerSettings settings;

  ServerModule(ServerSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    bind(ServerMetrics.class).toInstance(new ServerMetrics());
  }

  @Provides
  @Singleton
  ServableLoader loader(ServerMetrics metrics) {
    return new SavedModelLoader(settings.compute().loading(), metrics.standard()::warmedUp);
  }

  @Provides
  @Singleton
  Models models(ServableLoader loader, ServerMetrics metrics) {
    ModelEvents events = ModelEvents.all(List.of(new LoggedModelEvents(), metrics.models()));
    Models models = new Models(loader, settings.polling(), events);
    metrics.watch(models);
    return models;
  }

  @Provides
  @Singleton
  ComputeExecutor executor(ServerMetrics metrics) {
    ComputeExecutor executor =
        new ComputeExecutor(
            "compute", settings.compute().size(), settings.compute().rules(), metrics.execution());
    metrics.watch(executor);
    return executor;
  }

  @Provides
  @Singleton
  Inference inference(Models models, ComputeExecutor executor) {
    return new Inference(models, executor, settings.compute().splits());
  }

  @Provides
  @Singleton
  Optional<FeedbackDesk> feedback() {
    return settings
        .operating()
        .feedback()
        .map(
            kept ->
                new FeedbackDesk(
                    FeedbackLog.open(kept.folder(), kept.settings(), InstantSource.system()),
                    kept.userColumn(),
                    InstantSource.system()));
  }

  @Provides
  @Singleton
  ServingServer server(
      Inference inference, ServerMetrics metrics, Optional<FeedbackDesk> feedback) {
    return new ServingServer(
        settings.network(),
        inference,
        new Operations(
            Optional.of(metrics),
            settings.operating().listeners(),
            settings.operating().protection(),
            feedback,
            settings.operating().page()));
  }
}
