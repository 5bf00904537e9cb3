/** The entire space counterfactual multi-task model: Wang and others 2022. */
package org.mtl4j.models.escm2;
