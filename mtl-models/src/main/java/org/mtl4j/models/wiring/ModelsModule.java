package org.mtl4j.models.wiring;

import com.google.inject.AbstractModule;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.models.aitm.Aitm;
import org.mtl4j.models.autoint.AutoInt;
import org.mtl4j.models.cgc.Cgc;
import org.mtl4j.models.crossstitch.CrossStitch;
import org.mtl4j.models.dbmtl.Dbmtl;
import org.mtl4j.models.dcn.DcnV2;
import org.mtl4j.models.deepfm.DeepFm;
import org.mtl4j.models.dselectk.DselectK;
import org.mtl4j.models.escm2.Escm2;
import org.mtl4j.models.esmm.Esmm;
import org.mtl4j.models.home.Home;
import org.mtl4j.models.l2constrained.L2Constrained;
import org.mtl4j.models.logisticregression.LogisticRegression;
import org.mtl4j.models.mlp.MlpBottom;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.models.mtan.Mtan;
import org.mtl4j.models.multiinput.MultiInput;
import org.mtl4j.models.omoe.Omoe;
import org.mtl4j.models.pepnet.Pepnet;
import org.mtl4j.models.ple.Ple;
import org.mtl4j.models.poso.Poso;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.models.sharedembedding.SharedEmbedding;
import org.mtl4j.models.singletask.SingleTask;
import org.mtl4j.models.sluice.Sluice;
import org.mtl4j.models.snr.SnrAver;
import org.mtl4j.models.snr.SnrTrans;
import org.mtl4j.models.star.Star;
import org.mtl4j.models.stem.Stem;
import org.mtl4j.models.taskrelationship.TaskRelationship;
import org.mtl4j.models.tensorfactorization.TensorFactorization;
import org.mtl4j.models.tiedweights.TiedWeights;
import org.mtl4j.models.trees.BoostedTrees;
import org.mtl4j.models.trees.DecisionTrees;

/**
 * Binds the model zoo: a line a model, baselines among them, and a line a bottom that any
 * architecture can stand on.
 */
public final class ModelsModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var bottoms = Registries.bottoms(binder());
    bottoms.addBinding("mlp").toInstance(ConfiguredFactory.ofRecord(MlpBottom.class));
    bottoms.addBinding("dcn_v2").toInstance(ConfiguredFactory.ofRecord(DcnV2.class));
    bottoms.addBinding("deepfm").toInstance(ConfiguredFactory.ofRecord(DeepFm.class));
    bottoms.addBinding("autoint").toInstance(ConfiguredFactory.ofRecord(AutoInt.class));
    var models = Registries.models(binder());
    models.addBinding("single_task").toInstance(ConfiguredFactory.ofRecord(SingleTask.class));
    models.addBinding("shared_bottom").toInstance(ConfiguredFactory.ofRecord(SharedBottom.class));
    models.addBinding("mmoe").toInstance(ConfiguredFactory.ofRecord(Mmoe.class));
    models.addBinding("cross_stitch").toInstance(ConfiguredFactory.ofRecord(CrossStitch.class));
    models.addBinding("omoe").toInstance(ConfiguredFactory.ofRecord(Omoe.class));
    models.addBinding("cgc").toInstance(ConfiguredFactory.ofRecord(Cgc.class));
    models.addBinding("ple").toInstance(ConfiguredFactory.ofRecord(Ple.class));
    models.addBinding("dselect_k").toInstance(ConfiguredFactory.ofRecord(DselectK.class));
    models.addBinding("snr_trans").toInstance(ConfiguredFactory.ofRecord(SnrTrans.class));
    models.addBinding("snr_aver").toInstance(ConfiguredFactory.ofRecord(SnrAver.class));
    models.addBinding("mtan").toInstance(ConfiguredFactory.ofRecord(Mtan.class));
    models.addBinding("esmm").toInstance(ConfiguredFactory.ofRecord(Esmm.class));
    models
        .addBinding("task_relationship")
        .toInstance(ConfiguredFactory.ofRecord(TaskRelationship.class));
    models
        .addBinding("tensor_factorization")
        .toInstance(ConfiguredFactory.ofRecord(TensorFactorization.class));
    models.addBinding("tied_weights").toInstance(ConfiguredFactory.ofRecord(TiedWeights.class));
    models.addBinding("sluice").toInstance(ConfiguredFactory.ofRecord(Sluice.class));
    models
        .addBinding("shared_embedding")
        .toInstance(ConfiguredFactory.ofRecord(SharedEmbedding.class));
    models.addBinding("multi_input").toInstance(ConfiguredFactory.ofRecord(MultiInput.class));
    models
        .addBinding("logistic_regression")
        .toInstance(ConfiguredFactory.ofRecord(LogisticRegression.class));
    models.addBinding("l2_constrained").toInstance(ConfiguredFactory.ofRecord(L2Constrained.class));
    models.addBinding("escm2").toInstance(ConfiguredFactory.ofRecord(Escm2.class));
    models.addBinding("aitm").toInstance(ConfiguredFactory.ofRecord(Aitm.class));
    models.addBinding("dbmtl").toInstance(ConfiguredFactory.ofRecord(Dbmtl.class));
    models.addBinding("poso").toInstance(ConfiguredFactory.ofRecord(Poso.class));
    models.addBinding("pepnet").toInstance(ConfiguredFactory.ofRecord(Pepnet.class));
    models.addBinding("home").toInstance(ConfiguredFactory.ofRecord(Home.class));
    models.addBinding("star").toInstance(ConfiguredFactory.ofRecord(Star.class));
    models.addBinding("stem").toInstance(ConfiguredFactory.ofRecord(Stem.class));
    models.addBinding("decision_trees").toInstance(ConfiguredFactory.ofRecord(DecisionTrees.class));
    models.addBinding("boosted_trees").toInstance(ConfiguredFactory.ofRecord(BoostedTrees.class));
  }
}
