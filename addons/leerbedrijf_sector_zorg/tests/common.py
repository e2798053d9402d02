def new_cohort(case, route=None, **values):
    """A cohort at the leerbedrijf of `case`, a LeerbedrijfCase; of care by default."""
    env = case.env
    route = route or env.ref("leerbedrijf_sector_zorg.route_wijkleerbedrijf")
    owner = {"company_id": case.leerbedrijf.id, "region_id": case.region.id}
    template = env["leerbedrijf.cohort.template"].create(
        {"name": route.name, "route_id": route.id, "capacity": 20, **owner}
    )
    return env["leerbedrijf.cohort"].create(
        {"template_id": template.id, **owner, **values}
    )
