/** Differentiable selection of experts: Hazimeh and others 2021. */
package org.mtl4j.models.dselectk;
